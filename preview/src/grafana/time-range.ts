/** The time range of a query in the form that Grafana's components take. */
import { dateTime, type TimeRange } from '@grafana/data';
import type { QueryContext } from '../query/context.ts';

type Bounds = Pick<QueryContext, 'from' | 'to' | 'rawFrom' | 'rawTo'>;

export function timeRangeOf({ from, to, rawFrom, rawTo }: Bounds): TimeRange {
  return {
    from: dateTime(from),
    to: dateTime(to),
    raw: { from: rawTime(rawFrom, from), to: rawTime(rawTo, to) },
  };
}

/** A relative time stays text, so that it is shown as "Last 15 minutes". */
const rawTime = (raw: string, millis: number): TimeRange['raw']['from'] =>
  raw.startsWith('now') ? raw : dateTime(millis);
