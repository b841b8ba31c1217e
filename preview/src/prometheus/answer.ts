/**
 * What Prometheus' HTTP API answers.
 * Source: https://prometheus.io/docs/prometheus/latest/querying/api/
 */

export type Labels = Readonly<Record<string, string>>;

/** Seconds since 1970, and a number as text: `NaN`, `+Inf` and `-Inf` are among them. */
export type Sample = readonly [seconds: number, value: string];

export interface VectorSample {
  readonly metric: Labels;
  /** Missing when the sample is a native histogram. */
  readonly value?: Sample;
}

export interface Series {
  readonly metric: Labels;
  /** Missing when all samples are native histograms. */
  readonly values?: readonly Sample[];
}

export type QueryResult =
  | { readonly resultType: 'vector'; readonly result: readonly VectorSample[] }
  | { readonly resultType: 'matrix'; readonly result: readonly Series[] }
  | { readonly resultType: 'scalar' | 'string'; readonly result: Sample };

export interface Exemplar {
  readonly labels: Labels;
  readonly value: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
}

export interface ExemplarSeries {
  readonly seriesLabels: Labels;
  readonly exemplars: readonly Exemplar[];
}

export interface Alert {
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly state: 'pending' | 'firing';
  readonly activeAt: string;
  readonly value: string;
}

export interface Rule {
  readonly type: 'alerting' | 'recording';
  readonly name: string;
  readonly query: string;
  readonly health: string;
  readonly lastError?: string;
  readonly labels?: Labels;
  readonly annotations?: Labels;
  /** Of alerting rules. */
  readonly state?: 'inactive' | 'pending' | 'firing';
  readonly alerts?: readonly Alert[];
}

export interface RuleGroup {
  readonly name: string;
  readonly file: string;
  readonly rules: readonly Rule[];
}

export interface Answer<T> {
  readonly data: T;
  /** What Prometheus warns of or remarks, one sentence each. */
  readonly notices: readonly string[];
}

interface Body {
  readonly status?: unknown;
  readonly data?: unknown;
  readonly errorType?: unknown;
  readonly error?: unknown;
  readonly warnings?: readonly string[];
  readonly infos?: readonly string[];
}

/** @throws with Prometheus' own sentence (`bad_data: ...`), or with the one of the server in between */
export function readAnswer<T>(status: number, text: string): Answer<T> {
  // Nothing to look for, e.g. exemplars of a query that selects no series.
  if (status === 204) return { data: [] as T, notices: [] };
  const body = parse(text);
  if (body?.status === 'success') {
    return { data: body.data as T, notices: [...(body.warnings ?? []), ...(body.infos ?? [])] };
  }
  throw new Error(sentenceOf(body) ?? `Prometheus was asked, and what came back is no answer of its API: ${status}`);
}

function sentenceOf(body: Body | undefined): string | undefined {
  if (typeof body?.error !== 'string') return undefined;
  return typeof body.errorType === 'string' ? `${body.errorType}: ${body.error}` : body.error;
}

function parse(text: string): Body | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? body : undefined;
  } catch {
    return undefined;
  }
}
