/** Counts connections that could not be had, of a pool or of one client. */
import { type QueryEnd, statementOf, watchCallbackOf, watchResult } from './pool-query.ts';
import type { QuerySeries } from './pool-query-series.ts';
import { replaceMethod } from '../metrics/replace-method.ts';
import { operationOf } from './sql-operation.ts';

/** @param wanting The query that calls `connect` right now, or undefined: a failure is then of kind `other`. */
export function watchConnect(target: object, queries: QuerySeries, wanting: () => unknown): (() => void) | null {
  return replaceMethod(target, 'connect', (original) => {
    return function connect(this: unknown, ...args) {
      const end = new Connecting(queries, wanting());
      watchCallbackOf(args, end);
      return watchResult(original.apply(this, args), end);
    };
  });
}

class Connecting implements QueryEnd {
  readonly #queries: QuerySeries;
  readonly #config: unknown;
  #isOver = false;

  constructor(queries: QuerySeries, config: unknown) {
    this.#queries = queries;
    this.#config = config;
  }

  settle(error: unknown): void {
    if (error !== undefined && !this.#isOver) this.#queries.failed(operationOf(statementOf(this.#config)), error);
    this.#isOver = true;
  }
}
