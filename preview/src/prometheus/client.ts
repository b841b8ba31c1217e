/** Prometheus' HTTP API, through the preview server. */
import type { Alert, Answer, ExemplarSeries, Labels, QueryResult, RuleGroup, Series } from './answer.ts';
import { readAnswer } from './answer.ts';
import { requestQueue } from './request-queue.ts';

export interface Span {
  /** Milliseconds since 1970. */
  readonly fromMillis: number;
  readonly toMillis: number;
}

export interface InstantQuery {
  readonly query: string;
  readonly timeMillis: number;
}

export interface RangeQuery extends Span {
  readonly query: string;
  readonly stepSeconds: number;
}

export interface ExemplarQuery extends Span {
  readonly query: string;
}

export interface LabelQuery extends Span {
  /** Only of series that match one of these selectors. @default all series */
  readonly selectors?: readonly string[];
}

type Parameters = readonly (readonly [name: string, value: string])[];

/** Browsers open six connections to a host: one is left for what else the page asks. */
const inTurn = requestQueue(5);

export const query = ({ query, timeMillis }: InstantQuery, signal: AbortSignal): Promise<Answer<QueryResult>> =>
  post(
    'query',
    [
      ['query', query],
      ['time', seconds(timeMillis)],
    ],
    signal,
  );

export const queryRange = async (
  { query, stepSeconds, ...span }: RangeQuery,
  signal: AbortSignal,
): Promise<Answer<readonly Series[]>> => {
  const parameters: Parameters = [['query', query], ...spanOf(span), ['step', String(stepSeconds)]];
  const { data, notices } = await post<{ readonly result: readonly Series[] }>('query_range', parameters, signal);
  return { data: data.result, notices };
};

export const queryExemplars = (
  { query, ...span }: ExemplarQuery,
  signal: AbortSignal,
): Promise<Answer<readonly ExemplarSeries[]>> => post('query_exemplars', [['query', query], ...spanOf(span)], signal);

export const labelNames = (asked: LabelQuery, signal: AbortSignal): Promise<Answer<readonly string[]>> =>
  post('labels', labelParameters(asked), signal);

/** Sorted. */
export const labelValues = (
  label: string,
  asked: LabelQuery,
  signal: AbortSignal,
): Promise<Answer<readonly string[]>> =>
  get(`label/${encodeURIComponent(label)}/values?${form(labelParameters(asked))}`, signal);

export const series = (asked: LabelQuery, signal: AbortSignal): Promise<Answer<readonly Labels[]>> =>
  post('series', labelParameters(asked), signal);

export const rules = async (signal: AbortSignal): Promise<Answer<readonly RuleGroup[]>> => {
  const { data, notices } = await get<{ readonly groups: readonly RuleGroup[] }>('rules', signal);
  return { data: data.groups, notices };
};

export const alerts = async (signal: AbortSignal): Promise<Answer<readonly Alert[]>> => {
  const { data, notices } = await get<{ readonly alerts: readonly Alert[] }>('alerts', signal);
  return { data: data.alerts, notices };
};

const get = <T>(path: string, signal: AbortSignal): Promise<Answer<T>> => ask(path, { signal });

/** As a form: queries may be longer than addresses are allowed to be. */
const post = <T>(path: string, parameters: Parameters, signal: AbortSignal): Promise<Answer<T>> =>
  ask(path, { method: 'POST', body: form(parameters), signal });

function ask<T>(path: string, init: RequestInit & { readonly signal: AbortSignal }): Promise<Answer<T>> {
  return inTurn(async () => {
    const response = await fetch(`/api/prometheus/api/v1/${path}`, init);
    return readAnswer<T>(response.status, await response.text());
  }, init.signal);
}

const form = (parameters: Parameters): URLSearchParams =>
  new URLSearchParams(parameters.map(([name, value]): [string, string] => [name, value]));

const labelParameters = ({ selectors = [], ...span }: LabelQuery): Parameters => [
  ...selectors.map((selector) => ['match[]', selector] as const),
  ...spanOf(span),
];

const spanOf = ({ fromMillis, toMillis }: Span): Parameters => [
  ['start', seconds(fromMillis)],
  ['end', seconds(toMillis)],
];

const seconds = (millis: number): string => String(millis / 1000);
