import { EventEmitter, once } from 'node:events';
import { Pool, type PoolConfig, Query, type QueryConfig, types } from 'pg';
import { Registry } from 'prom-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { instrumentPool } from '../../../src/instrument/postgres/pool.ts';
import { type PostgresServer, startPostgres } from '../../../servers/postgres.ts';
import { scrape } from '../../support/exposition.ts';
import { errors, queries } from '../../support/query-counts.ts';
import { withClient } from '../../support/query-rows.ts';

let server: PostgresServer;
const pools: Pool[] = [];

beforeAll(async () => {
  server = await startPostgres();
});

afterEach(() => {
  // Not waited for: a test that failed may still hold a client.
  for (const pool of pools.splice(0)) if (!pool.ending) void pool.end();
});

afterAll(() => server.stop());

function watched(options: PoolConfig = {}): { readonly pool: Pool; readonly registry: Registry } {
  const pool = new Pool({ connectionString: server.url, ...options });
  pool.on('error', () => {});
  pools.push(pool);
  const registry = new Registry();
  instrumentPool(pool, { registry });
  return { pool, registry };
}

const numbers = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

describe('instrumentPool() counts as failed a row that cannot be parsed', () => {
  const broken = new Error('cannot parse');
  const int4: number = types.builtins.INT4;
  const parsers = {
    getTypeParser: ((oid: number) =>
      oid === int4
        ? (): never => {
            throw broken;
          }
        : String) as typeof types.getTypeParser,
  };

  it('of a promise', async () => {
    const { pool, registry } = watched();
    await expect(pool.query({ text: 'select 1::int', types: parsers })).rejects.toBe(broken);
    expect(await errors(registry)).toEqual({ 'other select': 1 });
  });

  it('of a Query object', async () => {
    const { pool, registry } = watched();
    const failure = await withClient(pool, async (client) => {
      const query = client.query(new Query({ text: 'select 1::int', types: parsers }));
      return ((await once(query, 'error').catch((error: unknown) => [error])) as unknown[])[0];
    });
    expect(failure).toBe(broken);
    expect(await queries(registry)).toEqual({ select: 1 });
    expect(await errors(registry)).toEqual({ 'other select': 1 });
  });
});

describe('instrumentPool() leaves as they are', () => {
  it('a config with a callback, frozen and used again', async () => {
    const { pool, registry } = watched();
    const results: unknown[] = [];
    const calls = new EventEmitter();
    const both = once(calls, 'second');
    const config = Object.freeze({
      text: 'select 1 as n',
      callback: (_: unknown, { rows }: { readonly rows: unknown }) => {
        if (results.push(rows) === 2) calls.emit('second');
      },
    });
    await withClient(pool, async (client) => {
      for (const _ of [1, 2]) void client.query(config as QueryConfig);
      await both;
    });
    expect(results).toEqual([[{ n: 1 }], [{ n: 1 }]]);
    expect(await queries(registry)).toEqual({ select: 2 });
  });

  it('the events of the pool and release(err), which removes the client', async () => {
    const bare = new Pool({ connectionString: server.url });
    pools.push(bare);
    const { pool } = watched();
    expect(await eventsOf(pool)).toEqual(await eventsOf(bare));
  });

  it('what a callback throws: it reaches the process as with a bare pool', async () => {
    const { pool, registry } = watched();
    const thrown = new Error('thrown by the application');
    const caught = new Promise((resolve) => process.once('uncaughtException', resolve));
    const client = await pool.connect();
    client.query('select 1', () => {
      throw thrown;
    });
    expect(await caught).toBe(thrown);
    client.release();
    expect(await queries(registry)).toEqual({ select: 1 });
    expect(await errors(registry)).toEqual({});
  });

  it('queries of listeners for new connections, which it sees', async () => {
    const { pool, registry } = watched();
    pool.on('connect', (client) => void client.query("set application_name = 'test'"));
    const { rows } = await pool.query("select current_setting('application_name') as name");
    expect(rows).toEqual([{ name: 'test' }]);
    expect(await queries(registry)).toEqual({ other: 1, select: 1 });
  });
});

describe('instrumentPool() counts once', () => {
  it('a query that another session cancels', async () => {
    const { pool, registry } = watched();
    const client = await pool.connect();
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const slow = client.query('select pg_sleep(30)').catch((error: unknown) => error);
    await pool.query('values (pg_cancel_backend($1))', [rows[0]?.pid]);
    expect(await slow).toMatchObject({ code: '57014' });
    client.release();
    expect(await errors(registry)).toEqual({ '57 select': 1 });
    expect(await queries(registry)).toEqual({ select: 3 });
  });

  it('each statement of transactions under concurrent load, with those that fail', async () => {
    const { pool, registry } = watched({ max: 4 });
    await pool.query('create table seats (n int primary key)');
    const outcomes = await Promise.all(numbers(60).map((n) => insertTwice(pool, n % 20)));
    const lost = outcomes.filter((code) => code === '23505').length;
    expect([outcomes.length, lost]).toEqual([60, 40]);
    expect(await queries(registry)).toEqual({ ddl: 1, transaction: 120, insert: 60 });
    expect(await errors(registry)).toEqual({ '23 insert': 40 });
    expect((await scrape(registry)).series('db_pool_connections')).toEqual({ 'default used': 0, 'default idle': 4 });
  });
});

describe('a pool that has ended', () => {
  it('leaves the gauges to the one that takes its name, and its counts stay', async () => {
    const { pool, registry } = watched({ max: 3 });
    await pool.query('select 1');
    await pool.end();
    const gone = await scrape(registry);
    const next = new Pool({ connectionString: server.url, max: 5 });
    pools.push(next);
    instrumentPool(next, { registry });
    const { series: now } = await scrape(registry);
    expect(gone.series('db_pool_connections_max')).toEqual({});
    expect(now('db_pool_connections_max')).toEqual({ default: 5 });
    expect(await queries(registry)).toEqual({ select: 1 });
  });

  it('counts what is still asked of it', async () => {
    const { pool, registry } = watched();
    await pool.end();
    await expect(pool.query('select 1')).rejects.toThrow('Cannot use a pool after calling end on the pool');
    expect(await errors(registry)).toEqual({ 'other select': 1 });
  });
});

/** Inserts in a transaction; says with which code it was rolled back. */
async function insertTwice(pool: Pool, n: number): Promise<string | null> {
  return withClient(pool, async (client) => {
    await client.query('BEGIN');
    try {
      await client.query('insert into seats values ($1)', [n]);
      await client.query('COMMIT');
      return null;
    } catch (error) {
      await client.query('ROLLBACK');
      return (error as { readonly code: string }).code;
    }
  });
}

async function eventsOf(pool: Pool): Promise<readonly string[]> {
  const events: string[] = [];
  for (const name of ['connect', 'acquire', 'remove'] as const) pool.on(name, () => void events.push(name));
  pool.on('release', (error) => void events.push(error instanceof Error ? error.message : 'release'));
  const client = await pool.connect();
  const removed = once(pool, 'remove');
  client.release(new Error('broken'));
  await removed;
  await pool.query('select 1');
  return [...events, `idle ${pool.idleCount} of ${pool.totalCount}`];
}
