/** instrumentPool(): what a service sees of its PostgreSQL through pg.Pool. */
import { TelltaleError } from '../errors.ts';
import type { RecorderOptions } from './from-catalog.ts';
import { acquirePoolRecorder, type PoolRecorder, type PoolState } from './pool-recorder.ts';
import { statementOf, watchQuery, watchResult, withWatchedCallback } from './pool-query.ts';
import { replaceMethod } from './runtime-replace-method.ts';
import { operationOf, type SqlOperation } from './sql-operation.ts';

/** What is used of pg.Pool, structurally: pg itself is not imported. */
export interface PgPool extends PoolState {
  query: unknown;
  connect: unknown;
  on(event: 'acquire' | 'remove', listener: (client: object) => void): unknown;
  removeListener(event: 'acquire' | 'remove', listener: (client: object) => void): unknown;
}

export interface InstrumentPoolOptions extends RecorderOptions {
  /** Value of the `pool` label; give each pool of a process its own, pools of one name are added up. @default 'default' */
  readonly name?: string;
  /** A query that takes this long or longer counts in `db_slow_queries_total`. Seconds. @default 0.5 */
  readonly slowQuerySeconds?: number;
}

export interface InstrumentedPool {
  /** Gives the pool and its clients back as they were, and takes its gauges off the registry. */
  dispose(): void;
}

interface Watch {
  readonly name: string;
  readonly slowQuerySeconds: number;
  readonly recorder: PoolRecorder;
}

const defaultSlowQuerySeconds = 0.5;

/**
 * Records a pg.Pool: connections used, idle, allowed and waited for (read at scrape); the time of each query by kind
 * of statement, from sending it to its last row, without the wait for a connection; failures by class of SQLSTATE;
 * slow queries. Sees `pool.query()` and every client of `pool.connect()`, in all forms (promise, callback, cursor).
 * Only this pool and its clients are touched, nothing global; results, errors and their identity stay as they are.
 * No statement text is ever recorded. Costs at most 17 series per kind of statement, plus one per class of error.
 * @throws TELLTALE_OPTION when `pool` is not a pg.Pool or `slowQuerySeconds` not a number above 0
 * @example
 * const pool = new pg.Pool({ max: 20 });
 * instrumentPool(pool, { name: 'main', slowQuerySeconds: 0.25 });
 */
export function instrumentPool(pool: PgPool, options: InstrumentPoolOptions = {}): InstrumentedPool {
  const { name = 'default', slowQuerySeconds = defaultSlowQuerySeconds } = options;
  validate(pool, slowQuerySeconds);
  const shared = acquirePoolRecorder(options);
  const watch: Watch = { name, slowQuerySeconds, recorder: shared.value };
  const undo = instrument(pool, watch);
  return {
    dispose: () => {
      for (const step of undo.splice(0)) step();
      shared.release();
    },
  };
}

/** Returns what undoes it; nothing to undo where the pool is instrumented already. */
function instrument(pool: PgPool, watch: Watch): (() => void)[] {
  const connecting: { operation: SqlOperation | null } = { operation: null };
  const restoreQuery = replaceMethod(pool, 'query', (original) => {
    return function query(this: unknown, ...args) {
      // pg-pool calls connect() before query() returns; a connection that fails is then this statement's failure.
      connecting.operation = operationOf(statementOf(args[0]));
      try {
        return original.apply(this, args);
      } finally {
        connecting.operation = null;
      }
    };
  });
  if (restoreQuery === null) return [];
  const restoreConnect = replaceMethod(pool, 'connect', (original) => {
    return function connect(this: unknown, ...args) {
      const operation = connecting.operation ?? 'other';
      const onSettled = (error: unknown): void => {
        if (error !== undefined) watch.recorder.failed(watch.name, operation, error);
      };
      return watchResult(original.apply(this, withWatchedCallback(args, onSettled)), onSettled);
    };
  });
  return [
    restoreQuery,
    restoreConnect ?? nothing,
    watchClients(pool, watch),
    watch.recorder.watch({ name: watch.name, pool }),
  ];
}

/** Every client is instrumented when it is first handed out, those that the pool had before as well. */
function watchClients(pool: PgPool, watch: Watch): () => void {
  const restores = new Map<object, () => void>();
  const onAcquire = (client: object): void => {
    if (restores.has(client)) return;
    const restore = replaceMethod(client, 'query', (original) => {
      return function query(this: unknown, ...args) {
        const operation = operationOf(statementOf(args[0]));
        const started = performance.now();
        return watchQuery(original, this, args, (error) => {
          const seconds = (performance.now() - started) / 1_000;
          watch.recorder.finished(watch.name, { operation, seconds, slow: seconds >= watch.slowQuerySeconds, error });
        });
      };
    });
    if (restore !== null) restores.set(client, restore);
  };
  const onRemove = (client: object): void => {
    restores.delete(client);
  };
  pool.on('acquire', onAcquire);
  pool.on('remove', onRemove);
  return () => {
    pool.removeListener('acquire', onAcquire);
    pool.removeListener('remove', onRemove);
    for (const restore of restores.values()) restore();
    restores.clear();
  };
}

function nothing(): void {}

function validate(pool: PgPool, slowQuerySeconds: number): void {
  const looksLikePool = typeof pool.connect === 'function' && typeof pool.on === 'function';
  if (!looksLikePool || typeof pool.totalCount !== 'number') {
    throw new TelltaleError('TELLTALE_OPTION', 'Cannot instrument this object as a pool: it is not a pg.Pool', {
      fix: 'pass new pg.Pool(...); a single pg.Client has no pool to watch',
    });
  }
  if (!(slowQuerySeconds > 0)) {
    throw new TelltaleError(
      'TELLTALE_OPTION',
      `Cannot use ${String(slowQuerySeconds)} as slowQuerySeconds: must be a number of seconds above 0`,
      { fix: 'e.g. slowQuerySeconds: 0.5' },
    );
  }
}
