/** instrumentPool(): what a service sees of its PostgreSQL through pg.Pool. */
import { TelltaleError } from '../../errors.ts';
import { watchConnect } from './pool-connect.ts';
import { type InstrumentPoolOptions, poolSettings } from './pool-options.ts';
import { type QuerySeries, watchQueriesOf } from './pool-query-series.ts';
import { acquirePoolRecorder, type PoolState } from './pool-recorder.ts';
import { replaceMethod } from '../metrics/replace-method.ts';

type ClientEvent = 'connect' | 'acquire' | 'remove';
type ClientListener = (client: object) => void;

/** What is used of pg.Pool, structurally: pg itself is not imported. */
export interface PgPool extends PoolState {
  query: unknown;
  connect: unknown;
  prependListener(event: ClientEvent, listener: ClientListener): unknown;
  removeListener(event: ClientEvent, listener: ClientListener): unknown;
}

export interface InstrumentedPool {
  /** Gives the pool and its clients back as they were, and takes its gauges off the registry. */
  dispose(): void;
}

/**
 * Records a pg.Pool: connections used, idle, allowed and waited for (read at scrape); the time of each query by kind
 * of statement, from sending it to its last row, without the wait for a connection; failures by class of SQLSTATE (or
 * `network`, `timeout`, `other`), once each; slow queries. Sees `pool.query()` and every client of `pool.connect()`, in
 * all forms: promise, callback, pg-cursor, pg-query-stream, whose time lasts until the reader has read to the end.
 *
 * Only this pool and its clients are touched, nothing global; results, errors and their identity stay as they are. No
 * statement text is ever recorded. A pool that has ended leaves the gauges by itself; one that is instrumented already stays
 * as it is. Costs at most 18 series per kind of statement, 4 gauges, a series per kind and class of error, and one to two
 * microseconds per query.
 *
 * For an ORM, make the pool yourself and hand it over: `drizzle({ client: pool })`, `new PrismaPg(pool)`. Queries of the
 * pool's own option `onConnect` are not seen: pg runs it before it tells of the client.
 * @throws TELLTALE_OPTION when `pool` is not a pg.Pool, or an option is unknown or out of its rule
 * @example
 * const pool = new pg.Pool({ max: 20 });
 * instrumentPool(pool, { name: 'main', slowQuerySeconds: 0.25 });
 */
export function instrumentPool(pool: PgPool, options: InstrumentPoolOptions = {}): InstrumentedPool {
  requirePool(pool);
  const { name, slowQuerySeconds } = poolSettings('instrumentPool()', options);
  const shared = acquirePoolRecorder(options);
  const undo = watchCalls(pool, shared.value.queries(name, slowQuerySeconds));
  // Nothing to undo where the pool is instrumented already.
  if (undo.length > 0) undo.push(shared.value.watch({ name, pool }));
  return {
    dispose: () => {
      for (const step of undo.splice(0)) step();
      shared.release();
    },
  };
}

function watchCalls(pool: PgPool, queries: QuerySeries): (() => void)[] {
  // pg-pool calls connect() before query() returns; a connection that fails is then this query's failure.
  let wanting: unknown;
  const restoreQuery = replaceMethod(pool, 'query', (original) => {
    return function query(this: unknown, ...args) {
      wanting = args[0];
      try {
        return original.apply(this, args);
      } finally {
        wanting = undefined;
      }
    };
  });
  if (restoreQuery === null) return [];
  const restoreConnect = watchConnect(pool, queries, () => wanting);
  return [restoreQuery, restoreConnect ?? nothing, watchClients(pool, queries)];
}

/**
 * Every client is watched from when it connects, those that the pool had before once they are handed out again. Ahead of
 * other listeners, which may send queries.
 */
function watchClients(pool: PgPool, queries: QuerySeries): () => void {
  const restores = new Map<object, () => void>();
  const watch = (client: object): void => {
    if (restores.has(client)) return;
    const restore = watchQueriesOf(client, queries);
    if (restore !== null) restores.set(client, restore);
  };
  const forget = (client: object): void => {
    restores.delete(client);
  };
  const listeners: readonly (readonly [ClientEvent, ClientListener])[] = [
    ['connect', watch],
    ['acquire', watch],
    ['remove', forget],
  ];
  for (const [event, listener] of listeners) pool.prependListener(event, listener);
  return () => {
    for (const [event, listener] of listeners) pool.removeListener(event, listener);
    for (const restore of restores.values()) restore();
    restores.clear();
  };
}

function nothing(): void {}

function requirePool(pool: PgPool): void {
  const { connect, prependListener, totalCount } = (pool ?? {}) as Partial<PgPool>;
  if (typeof connect === 'function' && typeof prependListener === 'function' && typeof totalCount === 'number') return;
  throw new TelltaleError('TELLTALE_OPTION', 'Cannot instrument this object as a pool: it is not a pg.Pool', {
    fix: 'pass new pg.Pool(...); for a single pg.Client there is instrumentPgClient()',
  });
}
