/** Prometheus' HTTP API, as far as proofs read it. Source: https://prometheus.io/docs/prometheus/latest/querying/api/ */
import { TelltaleError } from '../errors.ts';

/** One series of a result: its labels, and its samples as [Unix seconds, value]. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  readonly samples: readonly (readonly [seconds: number, value: number])[];
}

export interface RangeOptions {
  /** Unix seconds. */
  readonly start: number;
  readonly end: number;
  readonly stepSeconds: number;
}

export interface RuleState {
  readonly group: string;
  readonly name: string;
  readonly type: 'alerting' | 'recording';
  readonly health: string;
  readonly lastError: string | undefined;
  readonly state: string | undefined;
}

export interface TargetState {
  readonly job: string;
  readonly instance: string;
  readonly health: string;
  readonly lastError: string;
}

export interface AlertState {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly state: 'pending' | 'firing';
  readonly activeAt: string;
}

export interface PrometheusApi {
  readonly url: string;
  query(expression: string, atSeconds?: number): Promise<Series[]>;
  queryRange(expression: string, range: RangeOptions): Promise<Series[]>;
  /** Values of a label over series that match; sorted. */
  labelValues(label: string, selector: string): Promise<string[]>;
  rules(): Promise<RuleState[]>;
  targets(): Promise<TargetState[]>;
  alerts(): Promise<AlertState[]>;
}

interface Answer {
  readonly status: string;
  readonly error?: string;
  readonly data?: unknown;
}

interface RawSeries {
  readonly metric: Record<string, string>;
  readonly value?: [number, string];
  readonly values?: [number, string][];
}

interface RawGroup {
  readonly name: string;
  readonly rules: {
    readonly name: string;
    readonly type: RuleState['type'];
    readonly health: string;
    readonly lastError?: string;
    readonly state?: string;
  }[];
}

const timeoutMillis = 30_000;

/**
 * A client of one Prometheus (or anything that speaks its API).
 * @throws TELLTALE_SERVER when the server cannot be reached or refuses a query; the message holds its own words.
 */
export function prometheusApi(url: string): PrometheusApi {
  const base = url.replace(/\/+$/, '');
  const get = (path: string, parameters: Record<string, string> = {}): Promise<unknown> => ask(base, path, parameters);
  return {
    url: base,
    query: async (expression, atSeconds) => {
      const time = atSeconds === undefined ? {} : { time: String(atSeconds) };
      return toSeries(await get('/query', { query: expression, ...time }));
    },
    queryRange: async (expression, { start, end, stepSeconds }) =>
      toSeries(
        await get('/query_range', {
          query: expression,
          start: String(start),
          end: String(end),
          step: String(stepSeconds),
        }),
      ),
    labelValues: async (label, selector) =>
      (await get(`/label/${encodeURIComponent(label)}/values`, { 'match[]': selector })) as string[],
    rules: async () => ((await get('/rules')) as { groups: RawGroup[] }).groups.flatMap(toRules),
    targets: async () => toTargets(await get('/targets', { state: 'active' })),
    alerts: async () => ((await get('/alerts')) as { alerts: AlertState[] }).alerts,
  };
}

async function ask(base: string, path: string, parameters: Record<string, string>): Promise<unknown> {
  const answer = await fetchAnswer(`${base}/api/v1${path}`, new URLSearchParams(parameters));
  if (answer.status === 'success') return answer.data;
  throw new TelltaleError(
    'TELLTALE_SERVER',
    `Cannot read ${path} from ${base}: ${answer.error ?? 'no reason given'} (${parameters['query'] ?? 'no query'})`,
  );
}

async function fetchAnswer(url: string, parameters: URLSearchParams): Promise<Answer> {
  try {
    const response = await fetch(`${url}?${parameters.toString()}`, {
      signal: AbortSignal.timeout(timeoutMillis),
      redirect: 'error',
    });
    return (await response.json()) as Answer;
  } catch (error) {
    throw new TelltaleError('TELLTALE_SERVER', `Cannot reach Prometheus at ${url}`, {
      fix: 'check the address, and that the server is up: curl <address>/-/ready',
      cause: error,
    });
  }
}

function toSeries(data: unknown): Series[] {
  const { resultType, result } = data as { resultType: string; result: unknown };
  if (resultType === 'scalar' || resultType === 'string') {
    const [seconds, value] = result as [number, string];
    return [{ labels: {}, samples: [[seconds, Number(value)]] }];
  }
  return (result as RawSeries[]).map(({ metric, value, values }) => ({
    labels: metric,
    samples: (values ?? (value === undefined ? [] : [value])).map(
      ([seconds, text]) => [seconds, toNumber(text)] as const,
    ),
  }));
}

function toNumber(text: string): number {
  return text === '+Inf' ? Infinity : text === '-Inf' ? -Infinity : Number(text);
}

function toRules(group: RawGroup): RuleState[] {
  return group.rules.map(({ name, type, health, lastError, state }) => ({
    group: group.name,
    name,
    type,
    health,
    lastError: lastError === '' ? undefined : lastError,
    state,
  }));
}

function toTargets(data: unknown): TargetState[] {
  const { activeTargets } = data as {
    activeTargets: { labels: Record<string, string>; health: string; lastError: string }[];
  };
  return activeTargets.map(({ labels, health, lastError }) => ({
    job: labels['job'] ?? '',
    instance: labels['instance'] ?? '',
    health,
    lastError,
  }));
}
