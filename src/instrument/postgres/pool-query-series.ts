/** What is recorded of the queries of one pool or client. */
import { performance } from 'node:perf_hooks';
import type { Observations } from '../metrics/counted-series.ts';
import type { RawLabels } from '../metrics/label-bounds.ts';
import { type QueryEnd, statementOf, watchQuery } from './pool-query.ts';
import type { BoundedCounter } from '../metrics/bounded-metrics.ts';
import { replaceMethod } from '../metrics/replace-method.ts';
import { errorClassOf } from './sql-error-class.ts';
import { operationOf, type SqlOperation } from './sql-operation.ts';

export interface QueryMetrics {
  readonly durations: (labels: RawLabels) => Observations;
  readonly errors: BoundedCounter;
  readonly slow: BoundedCounter;
}

interface QuerySeriesOptions {
  readonly pool: string;
  readonly slowQuerySeconds: number;
  readonly metrics: QueryMetrics;
}

export class QuerySeries {
  readonly #pool: string;
  readonly #slowQuerySeconds: number;
  readonly #metrics: QueryMetrics;
  readonly #durations: Partial<Record<SqlOperation, Observations>> = {};

  constructor({ pool, slowQuerySeconds, metrics }: QuerySeriesOptions) {
    this.#pool = pool;
    this.#slowQuerySeconds = slowQuerySeconds;
    this.#metrics = metrics;
  }

  finished(operation: SqlOperation, seconds: number, error: unknown): void {
    const labels = { pool: this.#pool, operation };
    (this.#durations[operation] ??= this.#metrics.durations(labels)).observe(seconds);
    if (seconds >= this.#slowQuerySeconds) this.#metrics.slow.inc(labels);
    if (error !== undefined) this.failed(operation, error);
  }

  /** Also of a query that never got a connection, which has no duration. */
  failed(operation: SqlOperation, error: unknown): void {
    this.#metrics.errors.inc({ pool: this.#pool, operation, code: errorClassOf(error) });
  }
}

/** Records every query of a client from now on. Null where that is done already. */
export function watchQueriesOf(client: object, queries: QuerySeries): (() => void) | null {
  return replaceMethod(client, 'query', (original) => {
    return function query(this: unknown, ...args) {
      return watchQuery(original, this, args, new RunningQuery(queries, args[0]));
    };
  });
}

class RunningQuery implements QueryEnd {
  readonly #queries: QuerySeries;
  readonly #operation: SqlOperation;
  readonly #startMillis = performance.now();
  #isRunning = true;

  constructor(queries: QuerySeries, config: unknown) {
    this.#queries = queries;
    this.#operation = operationOf(statementOf(config));
  }

  settle(error: unknown, endMillis = performance.now()): void {
    if (!this.#isRunning) return;
    this.#isRunning = false;
    this.#queries.finished(this.#operation, (endMillis - this.#startMillis) / 1_000, error);
  }
}
