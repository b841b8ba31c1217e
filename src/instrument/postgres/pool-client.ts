/** instrumentPgClient(): the queries of one pg.Client that belongs to no pool. */
import { TelltaleError } from '../../errors.ts';
import { watchConnect } from './pool-connect.ts';
import { type InstrumentPoolOptions, poolSettings } from './pool-options.ts';
import { watchQueriesOf } from './pool-query-series.ts';
import { acquirePoolRecorder } from './pool-recorder.ts';

/** What is used of pg.Client, structurally: pg itself is not imported. */
export interface PgClient {
  query: unknown;
  connect: unknown;
}

export interface InstrumentedPgClient {
  /** Gives the client back as it was. */
  dispose(): void;
}

/**
 * Records the queries of a single pg.Client as `instrumentPool()` does those of a pool: time by kind of statement,
 * failures (of `connect()` too) by class of SQLSTATE, slow queries, under the label `pool`. There are no gauges, as there
 * is no pool. Costs as much. A client of an instrumented pool is recorded already, and not twice.
 * @throws TELLTALE_OPTION when `client` is not a pg.Client, or an option is unknown or out of its rule
 * @example
 * const client = new pg.Client();
 * instrumentPgClient(client, { name: 'listener' });
 * await client.connect();
 */
export function instrumentPgClient(client: PgClient, options: InstrumentPoolOptions = {}): InstrumentedPgClient {
  requireClient(client);
  const { name, slowQuerySeconds } = poolSettings('instrumentPgClient()', options);
  const shared = acquirePoolRecorder(options);
  const queries = shared.value.queries(name, slowQuerySeconds);
  const undo = [watchQueriesOf(client, queries), watchConnect(client, queries, () => undefined)];
  return {
    dispose: () => {
      for (const restore of undo.splice(0)) restore?.();
      shared.release();
    },
  };
}

function requireClient(client: PgClient): void {
  const { query, connect, totalCount } = (client ?? {}) as Partial<PgClient> & { readonly totalCount?: unknown };
  if (typeof query === 'function' && typeof connect === 'function' && totalCount === undefined) return;
  throw new TelltaleError('TELLTALE_OPTION', 'Cannot instrument this object as a client: it is not a pg.Client', {
    fix: 'pass new pg.Client(...); for a pg.Pool there is instrumentPool()',
  });
}
