/** Runs queries of boards against a Prometheus and records what came back. */
import type { KnownSeriesByName } from '../promql/catalog-check.ts';
import { explainEmpty } from './explain-empty.ts';
import type { PrometheusApi, Series } from './prometheus-api.ts';
import type { ProofQuery, QueryProof } from './query-proof.ts';
import { rateIntervalSeconds, substitute, type Substitution } from './substitute.ts';

export interface ProofOptions {
  readonly prometheus: PrometheusApi;
  /** For reasons: what the catalog knows. */
  readonly known: KnownSeriesByName;
  /** Interval of scrapes in seconds: the rate interval follows from it. */
  readonly scrapeSeconds: number;
  /** How far back range queries look. @default 300 */
  readonly rangeSeconds?: number;
  readonly variables?: Readonly<Record<string, string>>;
}

/** Queries at once: enough to be quick, few enough for a small server. */
const concurrency = 4;

export async function proveQueries(queries: readonly ProofQuery[], options: ProofOptions): Promise<QueryProof[]> {
  const proofs = new Map<ProofQuery, QueryProof>();
  const waiting = [...queries];
  const work = async (): Promise<void> => {
    for (let query = waiting.shift(); query !== undefined; query = waiting.shift()) {
      proofs.set(query, await proveQuery(query, options));
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return queries.flatMap((query) => proofs.get(query) ?? []);
}

async function proveQuery(query: ProofQuery, options: ProofOptions): Promise<QueryProof> {
  const onBackfill = /\boffset\s/.test(query.expression);
  try {
    const { series, expression } = await run(query, options);
    const samples = series.flatMap((one) => one.samples.filter(([, value]) => Number.isFinite(value))).length;
    const found = { query, series: series.length, samples, onBackfill };
    if (samples > 0) return { ...found, status: 'data', reason: undefined };
    const why = await explainEmpty(expression, options.prometheus, options.known);
    if (query.quietUnless === undefined) return { ...found, status: 'empty', reason: why };
    return { ...found, status: 'quiet', reason: `quiet unless ${query.quietUnless}` };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { query, status: 'error', series: 0, samples: 0, reason, onBackfill };
  }
}

async function run(query: ProofQuery, options: ProofOptions): Promise<{ series: Series[]; expression: string }> {
  const rangeSeconds = options.rangeSeconds ?? 300;
  const stepSeconds = options.scrapeSeconds;
  const expression = substitute(query.expression, substitution(options, rangeSeconds, stepSeconds));
  if (query.instant) return { series: await options.prometheus.query(expression), expression };
  const end = Date.now() / 1000;
  const range = { start: end - rangeSeconds, end, stepSeconds };
  return { series: await options.prometheus.queryRange(expression, range), expression };
}

function substitution(options: ProofOptions, rangeSeconds: number, stepSeconds: number): Substitution {
  return {
    ...(options.variables === undefined ? {} : { variables: options.variables }),
    rateIntervalSeconds: rateIntervalSeconds(stepSeconds, options.scrapeSeconds),
    rangeSeconds,
    stepSeconds,
  };
}
