/** `from` and `to` of an address as moments, read as Grafana reads them. */
import { dateMath, dateTime } from '@grafana/data';

export interface TimeBounds {
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
}

export interface TimeReading {
  /** Whether `now/d` is the day's end. */
  readonly roundUp: boolean;
  readonly now?: number;
}

/** `now-15m`, `now/d`, milliseconds since 1970, ISO 8601. @returns undefined when it is none */
export function parseTime(text: string, { roundUp, now = Date.now() }: TimeReading): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  const moment = dateMath.toDateTime(text, { roundUp, now: dateTime(now).toDate() });
  return moment?.isValid() === true ? moment.valueOf() : undefined;
}

/** @returns undefined when one is no time, or the end is not after the start */
export function parseTimeRange(rawFrom: string, rawTo: string, now: number = Date.now()): TimeBounds | undefined {
  const from = parseTime(rawFrom, { roundUp: false, now });
  const to = parseTime(rawTo, { roundUp: true, now });
  return from === undefined || to === undefined || to <= from ? undefined : { from, to };
}
