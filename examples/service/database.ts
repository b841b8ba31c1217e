/** A pool of PostgreSQL connections, and the two ways the services use it: single statements and transactions. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool, type PoolClient, type QueryResultRow } from 'pg';
import { logError } from './log.ts';

/** Runs one statement and returns its rows. */
export type Query = <Row extends QueryResultRow>(sql: string, values?: readonly unknown[]) => Promise<readonly Row[]>;

export interface Database {
  readonly pool: Pool;
  readonly query: Query;
  /** All statements of the work take effect, or none. */
  transaction<T>(work: (query: Query) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly url: string;
  /** Schema that the service's tables are in. */
  readonly schema: string;
  /** The most connections. */
  readonly maxConnections: number;
  /** Runs before each statement: where a fault can step in. */
  readonly beforeQuery: () => void | Promise<void>;
}

/** Connects on first use, so a database that is down does not keep a service from starting. */
export function connectDatabase({ url, schema, maxConnections, beforeQuery }: DatabaseOptions): Database {
  const pool = new Pool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: 2_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 10_000,
    query_timeout: 12_000,
    application_name: `classroom-${schema}`,
    options: `-c search_path=${schema},public`,
  });
  // An idle connection that breaks would otherwise end the process.
  pool.on('error', (error) => logError('lost a database connection', error));
  const queryOn =
    (connection: Pool | PoolClient): Query =>
    async <Row extends QueryResultRow>(sql: string, values: readonly unknown[] = []) => {
      await beforeQuery();
      return (await connection.query<Row>(sql, [...values])).rows;
    };
  return {
    pool,
    query: queryOn(pool),
    transaction: (work) => inTransaction(pool, queryOn, work),
    close: () => pool.end(),
  };
}

async function inTransaction<T>(
  pool: Pool,
  queryOn: (connection: PoolClient) => Query,
  work: (query: Query) => Promise<T>,
): Promise<T> {
  const connection = await pool.connect();
  let broken: Error | undefined;
  try {
    await connection.query('begin');
    const result = await work(queryOn(connection));
    await connection.query('commit');
    return result;
  } catch (error) {
    await connection.query('rollback').catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    connection.release(broken);
  }
}

/** Tries for half a minute: at the start of a whole stack, the database may come up later than the service. */
export async function untilConnected(pool: Pool, attempts = 60): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await pool.query('select 1');
      return;
    } catch (error) {
      if (attempt >= attempts) throw error;
      await sleep(500);
    }
  }
}
