/** Grafana's own variables: times, addresses, the dashboard. */
import type { QueryContext } from './context.ts';
import { formatValue, parameter } from './formats.ts';
import { rateIntervalSeconds } from '../../../src/proof/substitute.ts';
import type { Reference } from './variable-syntax.ts';

export interface QueryTimes {
  /** What `$__interval` is, and `$__rate_interval` is made from. @default the time between scrapes */
  readonly stepSeconds?: number;
}

interface Asked {
  readonly context: QueryContext;
  readonly times: QueryTimes;
  readonly reference: Reference;
}

const variables: ReadonlyMap<string, (asked: Asked) => string | undefined> = new Map([
  ['__interval', (asked) => duration(stepOf(asked))],
  ['__interval_ms', (asked) => String(stepOf(asked) * 1000)],
  ['__rate_interval', (asked) => duration(rateIntervalOf(asked))],
  ['__rate_interval_ms', (asked) => String(rateIntervalOf(asked) * 1000)],
  ['__range', (asked) => `${rangeSecondsOf(asked)}s`],
  ['__range_s', (asked) => String(rangeSecondsOf(asked))],
  ['__range_ms', ({ context }) => String(context.to - context.from)],
  ['__from', ({ context, reference }) => moment(context.from, reference)],
  ['__to', ({ context, reference }) => moment(context.to, reference)],
  ['__url_time_range', ({ context }) => timeParameters(context)],
  ['__all_variables', ({ context }) => variableParameters(context)],
  ['__dashboard', dashboard],
]);

/** @returns undefined when it is none of Grafana's own */
export function builtIn(reference: Reference, context: QueryContext, times: QueryTimes): string | undefined {
  return variables.get(reference.name)?.({ context, times, reference });
}

/** `from=now-15m&to=now` */
export function timeParameters({ rawFrom, rawTo }: QueryContext): string {
  return `from=${encodeURIComponent(rawFrom)}&to=${encodeURIComponent(rawTo)}`;
}

/** `var-service=api&var-job=%24__all` */
export function variableParameters({ variables }: Pick<QueryContext, 'variables'>): string {
  return [...variables.values()].flatMap(({ name, values }) => values.map((value) => parameter(name, value))).join('&');
}

function dashboard({ context, reference: { path, format } }: Asked): string | undefined {
  const value = path === 'uid' ? context.dashboard?.uid : context.dashboard?.title;
  if (value === undefined || (path !== undefined && path !== 'uid' && path !== 'name')) return undefined;
  return format === undefined ? value : formatValue(format, { name: '__dashboard', values: [value], list: false });
}

/** Milliseconds, unless a `date` is asked for. */
function moment(millis: number, { format, argument }: Reference): string {
  if (format !== 'date') return String(millis);
  return argument === 'seconds' ? String(Math.round(millis / 1000)) : new Date(millis).toISOString();
}

const stepOf = ({ context, times }: Asked): number => times.stepSeconds ?? context.scrapeIntervalSeconds;

const rateIntervalOf = (asked: Asked): number =>
  rateIntervalSeconds(stepOf(asked), asked.context.scrapeIntervalSeconds);

const rangeSecondsOf = ({ context }: Asked): number => Math.round((context.to - context.from) / 1000);

const duration = (seconds: number): string =>
  Number.isInteger(seconds) ? `${seconds}s` : `${Math.round(seconds * 1000)}ms`;
