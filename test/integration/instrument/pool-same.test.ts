import { Client, Pool, type PoolConfig, Query } from 'pg';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { instrumentPool } from '../../../src/instrument/postgres/pool.ts';
import { type PostgresServer, startPostgres } from '../../../servers/postgres.ts';
import { errors, queries } from '../../support/query-counts.ts';
import { callbackRows, eventRows } from '../../support/query-callback-rows.ts';
import { connectionRows } from '../../support/query-connection-rows.ts';
import { promiseRows } from '../../support/query-promise-rows.ts';
import type { QueryRow } from '../../support/query-rows.ts';

let server: PostgresServer;

beforeAll(async () => {
  server = await startPostgres();
  const client = new Client({ connectionString: server.url });
  await client.connect();
  await client.query('create table pairs (m int primary key, n int)');
  await client.end();
});

afterAll(() => server.stop());

function newPool(options: PoolConfig = {}): Pool {
  const pool = new Pool({ connectionString: server.url, ...options });
  pool.on('error', () => {});
  onTestFinished(() => {
    // Not waited for: a test that failed may still hold a client.
    if (!pool.ending) void pool.end();
  });
  return pool;
}

const rows: readonly QueryRow[] = [...promiseRows, ...callbackRows, ...eventRows, ...connectionRows];
const prototypes = [Pool, Client, Query].map(({ prototype }) => prototype as object);

it('instrumentPool() changes nothing of pg itself, nor another pool', async () => {
  const before = prototypes.map(Object.getOwnPropertyDescriptors);
  const registry = new Registry();
  instrumentPool(newPool(), { registry });
  expect(prototypes.map(Object.getOwnPropertyDescriptors)).toEqual(before);
  await newPool().query('select 1');
  expect(await queries(registry)).toEqual({});
});

describe('what a caller sees is the same with instrumentPool() as without, and counted, of', () => {
  it.each(rows)('$title', async ({ options, act, ...expected }) => {
    const registry = new Registry();
    const watched = newPool(options);
    instrumentPool(watched, { registry });
    const seen: unknown[] = [];
    // From one line, as stacks are compared too.
    for (const pool of [newPool(options), watched]) seen.push(await act(pool));
    expect(seen[1]).toStrictEqual(seen[0]);
    expect(await queries(registry)).toEqual(expected.queries);
    expect(await errors(registry)).toEqual(expected.errors ?? {});
  });
});
