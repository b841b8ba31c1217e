import { Client, DatabaseError, Pool, type PoolConfig, Query, type QueryConfig, type QueryResult } from 'pg';
import { Registry } from 'prom-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type InstrumentedPool, instrumentPool } from '../../../src/instrument/postgres/pool.ts';
import type { InstrumentPoolOptions } from '../../../src/instrument/postgres/pool-options.ts';
import { type PostgresServer, startPostgres } from '../../../servers/postgres.ts';
import { clients } from '../../support/clients.ts';
import { scrape } from '../../support/exposition.ts';
import { errors, queries } from '../../support/query-counts.ts';

let server: PostgresServer;
const pools: Pool[] = [];

beforeAll(async () => {
  server = await startPostgres();
});

afterEach(() => {
  // Not waited for: a test that failed may still hold a client.
  for (const pool of pools.splice(0)) void pool.end();
});

afterAll(() => server.stop());

interface Watched {
  readonly pool: Pool;
  readonly registry: Registry;
  readonly instrumented: InstrumentedPool;
}

function newPool(options: PoolConfig = {}): Pool {
  const pool = new Pool({ connectionString: server.url, ...options });
  pool.on('error', () => {});
  pools.push(pool);
  return pool;
}

function watched(poolOptions: PoolConfig = {}, options: InstrumentPoolOptions = {}): Watched {
  const pool = newPool(poolOptions);
  const registry = (options.registry ?? new Registry()) as Registry;
  return { pool, registry, instrumented: instrumentPool(pool, { ...options, registry }) };
}

function queryBack(pool: Pool, text: string): Promise<{ error: Error | undefined; rows: unknown }> {
  return new Promise((resolve) => {
    pool.query(text, (error: Error | undefined, result: QueryResult | undefined) =>
      resolve({ error: error ?? undefined, rows: result?.rows }),
    );
  });
}

describe.each(clients)('instrumentPool() on a registry of %s', (_, newRegistry) => {
  it('exposes connections used, idle, allowed and waited for, as they are at the scrape', async () => {
    const registry = newRegistry() as Registry;
    const { pool } = watched({ max: 2 }, { registry, name: 'main' });
    const held = [await pool.connect(), await pool.connect()];
    const waiting = pool.connect();
    const busy = await scrape(registry);
    held.pop()?.release();
    (await waiting).release();
    const idle = await scrape(registry);
    for (const client of held) client.release();
    expect(busy.series('db_pool_connections')).toEqual({ 'main used': 2, 'main idle': 0 });
    expect(busy.series('db_pool_waiting_requests')).toEqual({ main: 1 });
    expect(busy.series('db_pool_connections_max')).toEqual({ main: 2 });
    expect(idle.series('db_pool_connections')).toEqual({ 'main used': 1, 'main idle': 1 });
    expect(idle.series('db_pool_waiting_requests')).toEqual({ main: 0 });
  });

  it('counts queries by kind of statement', async () => {
    const registry = newRegistry() as Registry;
    const { pool } = watched({}, { registry });
    const client = await pool.connect();
    await client.query('BEGIN');
    await client.query('create temp table t (a int)');
    await client.query({ text: 'insert into t values ($1)', values: [1] });
    await client.query('with x as (select 1) update t set a = 2');
    await client.query('COMMIT');
    client.release();
    await pool.query('select 1');
    expect(await queries(registry)).toEqual({ transaction: 2, ddl: 1, insert: 1, update: 1, select: 1 });
    expect(await errors(registry)).toEqual({});
  });
});

describe('instrumentPool() counts once, and hands on unchanged, what', () => {
  it('pool.query() gives as a promise', async () => {
    const { pool, registry } = watched();
    const { rows } = await pool.query<{ n: number }>('select $1::int as n', [7]);
    expect(rows).toEqual([{ n: 7 }]);
    expect(await queries(registry)).toEqual({ select: 1 });
  });

  it('pool.query() gives to a callback', async () => {
    const { pool, registry } = watched();
    expect(await queryBack(pool, 'select 1 as n')).toEqual({ error: undefined, rows: [{ n: 1 }] });
    const failed = await queryBack(pool, 'select nothing');
    expect(failed.error).toMatchObject({ code: '42703' });
    expect(await queries(registry)).toEqual({ select: 2 });
    expect(await errors(registry)).toEqual({ '42 select': 1 });
  });

  it('client.query() gives to a callback, last or in the config', async () => {
    const { pool, registry } = watched();
    const client = await pool.connect();
    const last = await new Promise((resolve) => {
      client.query('select $1::int as n', [1], (_error, result) => resolve(result.rows));
    });
    const inConfig = await new Promise((resolve) => {
      const config = { text: 'select 2 as n', callback: (_: unknown, result: QueryResult) => resolve(result.rows) };
      void client.query(config as QueryConfig);
    });
    client.release();
    expect([last, inConfig]).toEqual([[{ n: 1 }], [{ n: 2 }]]);
    expect(await queries(registry)).toEqual({ select: 2 });
  });

  it('an object with submit() gives by itself', async () => {
    const { pool, registry } = watched();
    const client = await pool.connect();
    const rows: unknown[] = [];
    const query = new Query('select 1 as n union all select 2');
    query.on('row', (row) => rows.push(row));
    expect(client.query(query)).toBe(query);
    await new Promise((resolve) => query.on('end', resolve));
    const failing = new Query('delete from nowhere');
    const failure = new Promise((resolve) => failing.on('error', resolve));
    client.query(failing);
    expect(await failure).toMatchObject({ code: '42P01' });
    client.release();
    expect(rows).toEqual([{ n: 1 }, { n: 2 }]);
    expect(await queries(registry)).toEqual({ select: 1, delete: 1 });
    expect(await errors(registry)).toEqual({ '42 delete': 1 });
  });

  it('pool.connect() gives to a callback', async () => {
    const { pool, registry } = watched();
    const result = await new Promise((resolve) => {
      pool.connect((_error, client, release) => {
        resolve(client?.query('select 3 as n').finally(release));
      });
    });
    expect(result).toMatchObject({ rows: [{ n: 3 }] });
    expect(await queries(registry)).toEqual({ select: 1 });
  });

  it('a call that cannot be sent throws', async () => {
    const { pool, registry } = watched();
    const client = await pool.connect();
    expect(() => client.query(null as never)).toThrow('null or undefined query');
    client.release();
    expect(await errors(registry)).toEqual({ 'other other': 1 });
  });
});

describe('instrumentPool() classes errors', () => {
  it('by SQLSTATE, and keeps the error as it is', async () => {
    const { pool, registry } = watched();
    const failure: unknown = await pool.query('select 1/0').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DatabaseError);
    expect(failure).toMatchObject({ code: '22012', message: 'division by zero' });
    expect((failure as Error).stack).toContain('pool.test.ts');
    await expect(pool.query('selec 1')).rejects.toMatchObject({ code: '42601' });
    expect(await errors(registry)).toEqual({ '22 select': 1, '42 other': 1 });
  });

  it('of the server ending the connection', async () => {
    const { pool, registry } = watched();
    await expect(pool.query('select pg_terminate_backend(pg_backend_pid())')).rejects.toMatchObject({ code: '57P01' });
    expect(await errors(registry)).toEqual({ '57 select': 1 });
  });

  it('of a server that is not there as network, with the statement that wanted it', async () => {
    const { pool, registry } = watched({ connectionString: 'postgres://postgres@127.0.0.1:1/postgres' });
    await expect(pool.query('insert into t values (1)')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect((await queryBack(pool, 'update t set a = 1')).error).toMatchObject({ code: 'ECONNREFUSED' });
    await expect(pool.connect()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(await errors(registry)).toEqual({ 'network insert': 1, 'network update': 1, 'network other': 1 });
    expect(await queries(registry)).toEqual({});
  });

  it('of a pool that has no connection to give as timeout', async () => {
    const { pool, registry } = watched({ max: 1, connectionTimeoutMillis: 1_000 });
    const held = await pool.connect();
    await expect(pool.query('select 1')).rejects.toThrow('timeout exceeded');
    held.release();
    expect(await errors(registry)).toEqual({ 'timeout select': 1 });
  });

  it('of a query that takes too long as timeout', async () => {
    const { pool, registry } = watched({ query_timeout: 50 });
    await expect(pool.query('select pg_sleep(10)')).rejects.toThrow('Query read timeout');
    expect(await errors(registry)).toEqual({ 'timeout select': 1 });
  });
});

describe('instrumentPool()', () => {
  it('counts slow queries by the threshold, from 0 for every kind of statement', async () => {
    const { pool, registry } = watched({}, { name: 'main', slowQuerySeconds: 0.2 });
    await pool.query('select 1');
    const before = (await scrape(registry)).series('db_slow_queries_total');
    await pool.query('select pg_sleep(0.25)');
    const after = (await scrape(registry)).series('db_slow_queries_total');
    expect(Object.keys(before).sort()).toEqual(
      ['ddl', 'delete', 'insert', 'other', 'select', 'transaction', 'update'].map((operation) => `${operation} main`),
    );
    expect(after).toEqual({ ...before, 'select main': (before['select main'] ?? 0) + 1 });
  });

  it('times a query without the wait for a connection', async () => {
    const { pool, registry } = watched({ max: 1 });
    const held = await pool.connect();
    const query = pool.query('select 1');
    await held.query('insert into pg_temp.x select 1').catch(() => {});
    await held.query('select pg_sleep(0.6)');
    held.release();
    await query;
    const { value } = await scrape(registry);
    const labels = { pool: 'default', operation: 'select', le: '0.5' };
    expect(value('db_query_duration_seconds_bucket', labels)).toBe(1);
  });

  it('leaves a rejection that nobody handles unhandled', async () => {
    const { pool } = watched();
    const unhandled = new Promise((resolve) => process.once('unhandledRejection', resolve));
    const client = await pool.connect();
    void client.query('select nothing');
    expect(await unhandled).toMatchObject({ code: '42703' });
    client.release();
  });

  it('adds up pools of one name and keeps the others apart', async () => {
    const registry = new Registry();
    for (const name of ['a', 'a', 'b']) watched({ max: 3 }, { registry, name });
    expect((await scrape(registry)).series('db_pool_connections_max')).toEqual({ a: 6, b: 3 });
  });

  it('instruments a pool once', async () => {
    const { pool, registry } = watched();
    instrumentPool(pool, { registry }).dispose();
    await pool.query('select 1');
    expect(await queries(registry)).toEqual({ select: 1 });
  });

  it('gives the pool and its clients back as they were', async () => {
    const pool = newPool();
    const registry = new Registry();
    const early = await pool.connect();
    const events = pool.eventNames();
    const instrumented = instrumentPool(pool, { registry });
    const late = await pool.connect();
    expect(Object.hasOwn(late, 'query')).toBe(true);
    instrumented.dispose();
    expect([pool, early, late].map((object) => Object.hasOwn(object, 'query'))).toEqual([false, false, false]);
    expect(Object.hasOwn(pool, 'connect')).toBe(false);
    expect(pool.eventNames()).toEqual(events);
    expect((await late.query('select 1 as n')).rows).toEqual([{ n: 1 }]);
    for (const client of [early, late]) client.release();
    expect((await scrape(registry)).samples).toEqual([]);
  });

  it('sees clients that the pool had before, once they are handed out again', async () => {
    const pool = newPool();
    const registry = new Registry();
    await pool.query('select 1');
    instrumentPool(pool, { registry });
    await pool.query('select 2');
    expect(await queries(registry)).toEqual({ select: 1 });
  });

  it('records no text of a statement', async () => {
    const { pool, registry } = watched();
    await pool.query(`select 'secret' as secret`);
    await pool.query('secret').catch(() => {});
    expect(await registry.metrics()).not.toContain('secret');
  });

  it('uses the names of OpenTelemetry', async () => {
    const { registry } = watched({ max: 4 }, { naming: 'otel', name: 'main' });
    expect(await registry.metrics()).toContain('db_client_connection_max{db_client_connection_pool_name="main"} 4');
  });

  it('refuses what is no pool, and a threshold that is no time', () => {
    expect(() => instrumentPool(new Client() as never)).toThrow('it is not a pg.Pool');
    expect(() => instrumentPool(newPool(), { slowQuerySeconds: 0 })).toThrow(
      'option "slowQuerySeconds" must be a number of seconds above 0, got 0',
    );
  });
});
