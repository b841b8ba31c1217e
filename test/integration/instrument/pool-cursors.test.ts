import { once } from 'node:events';
import { Pool } from 'pg';
import Cursor from 'pg-cursor';
import QueryStream from 'pg-query-stream';
import { Registry } from 'prom-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { instrumentPool } from '../../../src/instrument/postgres/pool.ts';
import { type PostgresServer, startPostgres } from '../../../servers/postgres.ts';
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

function watched(): { readonly pool: Pool; readonly registry: Registry } {
  const pool = new Pool({ connectionString: server.url });
  pool.on('error', () => {});
  pools.push(pool);
  const registry = new Registry();
  instrumentPool(pool, { registry });
  return { pool, registry };
}

const numbers = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);
const series = 'select n from generate_series(1, 500) n';

describe('instrumentPool() counts once a pg-query-stream', () => {
  it('that is read to its end', async () => {
    const { pool, registry } = watched();
    const rows = await withClient(pool, async (client) => {
      const stream = new QueryStream(series, [], { batchSize: 50 });
      expect(client.query(stream)).toBe(stream);
      const read: number[] = [];
      for await (const { n } of stream) read.push(n);
      return read;
    });
    expect(rows).toEqual(numbers(500));
    expect(await queries(registry)).toEqual({ select: 1 });
    expect(await errors(registry)).toEqual({});
  });

  it('that is left early, and its client goes on', async () => {
    const { pool, registry } = watched();
    const after = await withClient(pool, async (client) => {
      const stream = client.query(new QueryStream(series, [], { batchSize: 10 }));
      for await (const { n } of stream) if (n === 15) break;
      return (await client.query('select 7 as n')).rows;
    });
    expect(after).toEqual([{ n: 7 }]);
    expect(await queries(registry)).toEqual({ select: 2 });
    expect(await errors(registry)).toEqual({});
  });

  it('that fails midway, with its own error', async () => {
    const { pool, registry } = watched();
    const failure = await withClient(pool, async (client) => {
      const stream = client.query(new QueryStream('select 1 / (300 - n) from generate_series(1, 500) n'));
      stream.resume();
      return ((await once(stream, 'error').catch((error: unknown) => [error])) as unknown[])[0];
    });
    expect(failure).toMatchObject({ code: '22012' });
    expect(await queries(registry)).toEqual({ select: 1 });
    expect(await errors(registry)).toEqual({ '22 select': 1 });
  });
});

describe('instrumentPool() counts once a pg-cursor', () => {
  it('that is closed after a part of its rows', async () => {
    const { pool, registry } = watched();
    const rows = await withClient(pool, async (client) => {
      const cursor = client.query(new Cursor<{ n: number }>(series));
      const read = [...(await cursor.read(2)), ...(await cursor.read(1))];
      await cursor.close();
      return read;
    });
    expect(rows).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
    expect(await queries(registry)).toEqual({ select: 1 });
  });

  it('that fails', async () => {
    const { pool, registry } = watched();
    const client = await pool.connect();
    const cursor = client.query(new Cursor('select * from nowhere'));
    await expect(cursor.read(1)).rejects.toMatchObject({ code: '42P01' });
    client.release(true);
    expect(await errors(registry)).toEqual({ '42 select': 1 });
  });
});
