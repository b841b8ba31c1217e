import { PrismaPg } from '@prisma/adapter-pg';
import { Pool } from 'pg';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { instrumentPool } from '../../../src/instrument/postgres/pool.ts';
import { type PostgresServer, startPostgres } from '../../../servers/postgres.ts';
import { scrape } from '../../support/exposition.ts';
import { errors, queries } from '../../support/query-counts.ts';

type Adapter = Awaited<ReturnType<PrismaPg['connect']>>;

let server: PostgresServer;
let pool: Pool;
let registry: Registry;
let adapter: Adapter;

beforeAll(async () => {
  server = await startPostgres();
  pool = new Pool({ connectionString: server.url, max: 3 });
  pool.on('error', () => {});
  await pool.query('create table courses (id integer primary key, title text not null)');
  // The way that is documented: the pool is made first, and handed to Prisma, whose client asks the adapter.
  adapter = await new PrismaPg(pool).connect();
});

afterAll(async () => {
  await adapter.dispose();
  await pool.end();
  await server.stop();
});

beforeEach(async () => {
  await pool.query('truncate courses');
  registry = new Registry();
  const instrumented = instrumentPool(pool, { registry });
  return () => instrumented.dispose();
});

const int32 = { scalarType: 'int', arity: 'scalar' } as const;
const insert = (id: number) => ({ sql: "insert into courses values ($1, 'algebra')", args: [id], argTypes: [int32] });

describe("instrumentPool() under Prisma's driver adapter", () => {
  it('is the pool that the adapter uses', () => {
    expect(adapter.underlyingDriver()).toBe(pool);
  });

  it('counts what it sends, by kind of statement, with its results as they are', async () => {
    expect(await adapter.executeRaw(insert(1))).toBe(1);
    const rows = await adapter.queryRaw({ sql: 'select id, title from courses', args: [], argTypes: [] });
    expect(rows).toMatchObject({ columnNames: ['id', 'title'], rows: [[1, 'algebra']] });
    expect(await queries(registry)).toEqual({ insert: 1, select: 1 });
    expect(await errors(registry)).toEqual({});
  });

  it('counts failures once, which reach Prisma as they are', async () => {
    await adapter.executeRaw(insert(1));
    await expect(adapter.executeRaw(insert(1))).rejects.toMatchObject({
      name: 'DriverAdapterError',
      cause: { kind: 'UniqueConstraintViolation', originalCode: '23505' },
    });
    expect(await errors(registry)).toEqual({ '23 insert': 1 });
  });

  it('counts a transaction, and has its connection back', async () => {
    const transaction = await adapter.startTransaction('SERIALIZABLE');
    await transaction.executeRaw(insert(2));
    await transaction.executeRaw({ sql: 'COMMIT', args: [], argTypes: [] });
    await transaction.commit();
    // SET TRANSACTION is the other one.
    expect(await queries(registry)).toEqual({ transaction: 2, insert: 1, other: 1 });
    expect((await scrape(registry)).series('db_pool_connections')['default used']).toBe(0);
  });
});
