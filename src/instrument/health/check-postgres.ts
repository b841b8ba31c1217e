/** postgresCheck(): whether PostgreSQL answers, asked in a way that never costs the pool more than one connection. */
import { TelltaleError } from '../../errors.ts';
import { type HealthCheck, oneAtATime } from './check.ts';

/** What is used of a pg.Client, structurally: pg itself is not imported. */
export interface PgQueryable {
  query(text: string): Promise<unknown>;
}

interface PgPoolClient extends PgQueryable {
  release(destroy?: boolean): void;
  on(event: 'error', listener: () => void): unknown;
  removeListener(event: 'error', listener: () => void): unknown;
}

/** What is used of a pg.Pool. */
export interface PgConnections {
  readonly totalCount: number;
  connect(): Promise<PgPoolClient>;
}

const statement = 'SELECT 1';

/**
 * A check for `healthEndpoints()` that passes when PostgreSQL answers `SELECT 1` on a connection of the pool.
 *
 * At the timeout the connection is closed rather than given back, so that nobody gets one that hangs. Waiting for a
 * connection cannot be called off: while it lasts, further checks wait along, and the pool is asked for no other one. With
 * `connectionTimeoutMillis` on the pool that ends by itself; pg waits for ever without. A pool that has no connection left
 * to give fails the check, as it fails requests. The query of a `pg.Client` is waited for too, as its connection is yours.
 * @throws TELLTALE_OPTION when it is neither a pg.Pool nor a pg.Client
 * @example
 * healthEndpoints({ checks: { database: postgresCheck(pool) } });
 */
export function postgresCheck(database: PgConnections | PgQueryable): HealthCheck {
  validate(database);
  if ('totalCount' in database) return oneAtATime((signal) => askPool(database, signal));
  return oneAtATime(async () => database.query(statement));
}

async function askPool(pool: PgConnections, signal: AbortSignal): Promise<void> {
  const client = await pool.connect();
  if (signal.aborted) {
    client.release();
    throw new Error('got a connection only after the timeout');
  }
  const { giveBack, close } = handles(client);
  signal.addEventListener('abort', close);
  try {
    await client.query(statement);
    giveBack();
  } catch (error) {
    close();
    throw error;
  } finally {
    signal.removeEventListener('abort', close);
  }
}

/** Two ways to be done with a client, of which the first one taken counts: pg throws at a second. */
function handles(client: PgPoolClient): { readonly giveBack: () => void; readonly close: () => void } {
  let held = true;
  const release = (destroy: boolean): void => {
    if (!held) return;
    held = false;
    client.removeListener('error', ignore);
    client.release(destroy);
  };
  // A connection that breaks fails the query; without a listener it would end the process too.
  client.on('error', ignore);
  return { giveBack: () => release(false), close: () => release(true) };
}

function ignore(): void {}

function validate(database: PgConnections | PgQueryable): void {
  const { connect, query } = database as { readonly connect?: unknown; readonly query?: unknown };
  if (typeof query === 'function' && typeof connect === 'function') return;
  throw new TelltaleError(
    'TELLTALE_OPTION',
    'Cannot check this object as PostgreSQL: it has no query() and connect()',
    {
      fix: 'pass new pg.Pool(...), or a pg.Client that is connected',
    },
  );
}
