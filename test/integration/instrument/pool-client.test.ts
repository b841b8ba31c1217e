import { Client, Pool } from 'pg';
import { Registry } from 'prom-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { instrumentPool } from '../../../src/instrument/postgres/pool.ts';
import { instrumentPgClient } from '../../../src/instrument/postgres/pool-client.ts';
import { type PostgresServer, startPostgres } from '../../../servers/postgres.ts';
import { scrape } from '../../support/exposition.ts';
import { errors, queries } from '../../support/query-counts.ts';

let server: PostgresServer;
const open: { end(): Promise<void> }[] = [];

beforeAll(async () => {
  server = await startPostgres();
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.end()));
});

afterAll(() => server.stop());

function newClient(connectionString = server.url): Client {
  const client = new Client({ connectionString });
  client.on('error', () => {});
  open.push(client);
  return client;
}

function listenersOf(client: Client): readonly string[] {
  return client.eventNames().map((name) => `${String(name)} ${client.listenerCount(name)}`);
}

describe('instrumentPgClient()', () => {
  it('counts queries, failures and slow queries of one client, under its name', async () => {
    const registry = new Registry();
    const client = newClient();
    instrumentPgClient(client, { registry, name: 'listener', slowQuerySeconds: 0.2 });
    await client.connect();
    await client.query('create temp table notes (n int)');
    expect((await client.query('select 1 as n')).rows).toEqual([{ n: 1 }]);
    await client.query('insert into notes select 1 from pg_sleep(0.25)');
    await expect(client.query('select nothing')).rejects.toMatchObject({ code: '42703' });
    expect(await queries(registry)).toEqual({ ddl: 1, select: 2, insert: 1 });
    expect(await errors(registry)).toEqual({ '42 select': 1 });
    const { series } = await scrape(registry);
    expect(series('db_slow_queries_total')['insert listener']).toBe(1);
    expect(series('db_pool_connections')).toEqual({});
  });

  it('counts a connection that cannot be had, as a promise and to a callback', async () => {
    const registry = new Registry();
    const nowhere = 'postgres://postgres@127.0.0.1:1/postgres';
    const first = newClient(nowhere);
    instrumentPgClient(first, { registry });
    await expect(first.connect()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    const second = newClient(nowhere);
    instrumentPgClient(second, { registry });
    const error = await new Promise((resolve) => second.connect(resolve));
    expect(error).toMatchObject({ code: 'ECONNREFUSED' });
    expect(await errors(registry)).toEqual({ 'network other': 2 });
  });

  it('counts a query that loses its connection once', async () => {
    const registry = new Registry();
    const client = newClient();
    instrumentPgClient(client, { registry });
    await client.connect();
    const ended = new Promise((resolve) => client.once('end', resolve));
    await expect(client.query('select pg_terminate_backend(pg_backend_pid())')).rejects.toMatchObject({
      code: '57P01',
    });
    await ended;
    await expect(client.query('select 1')).rejects.toThrow('not queryable');
    expect(await errors(registry)).toEqual({ '57 select': 1, 'network select': 1 });
  });

  it('leaves a client of an instrumented pool to the pool', async () => {
    const registry = new Registry();
    const pool = new Pool({ connectionString: server.url });
    open.push(pool);
    instrumentPool(pool, { registry, name: 'pool' });
    const client = await pool.connect();
    instrumentPgClient(client, { registry, name: 'client' });
    await client.query('select 1');
    client.release();
    expect((await scrape(registry)).series('db_query_duration_seconds_count')).toEqual({ 'select pool': 1 });
  });

  it('gives the client back as it was, also under a query, and leaves no listener, timer or handle', async () => {
    const [bare, client] = [newClient(), newClient()];
    const registry = new Registry();
    const instrumented = instrumentPgClient(client, { registry });
    for (const each of [bare, client]) await each.connect();
    const before = process.getActiveResourcesInfo();
    const underWay = Promise.all([bare, client].map((each) => each.query('select pg_sleep(0.1), 7 as n')));
    instrumented.dispose();
    expect(process.getActiveResourcesInfo()).toEqual(before);
    expect((await underWay).map(({ rows }) => rows)).toMatchObject([[{ n: 7 }], [{ n: 7 }]]);
    expect(Reflect.ownKeys(client)).toEqual(Reflect.ownKeys(bare));
    expect(listenersOf(client)).toEqual(listenersOf(bare));
    expect((await client.query('select 8 as n')).rows).toEqual([{ n: 8 }]);
    expect((await scrape(registry)).samples).toEqual([]);
  });

  it('refuses what is no client, and options that it does not know', () => {
    expect(() => instrumentPgClient(new Pool() as never)).toThrow('it is not a pg.Client');
    expect(() => instrumentPgClient(newClient(), { name: '', slow: 1 } as never)).toThrow(
      'option "name" must be a text that is not empty, got ""; option "slow" does not exist',
    );
  });
});
