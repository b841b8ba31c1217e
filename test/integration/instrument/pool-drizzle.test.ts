import { eq, sql } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import { Pool } from 'pg';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { instrumentPool } from '../../../src/instrument/postgres/pool.ts';
import { type PostgresServer, startPostgres } from '../../../servers/postgres.ts';
import { scrape } from '../../support/exposition.ts';
import { errors, queries } from '../../support/query-counts.ts';

const courses = pgTable('courses', { id: integer('id').primaryKey(), title: text('title').notNull() });

let server: PostgresServer;
let pool: Pool;
let registry: Registry;
let db: NodePgDatabase;

beforeAll(async () => {
  server = await startPostgres();
  pool = new Pool({ connectionString: server.url, max: 3 });
  pool.on('error', () => {});
  await pool.query('create table courses (id integer primary key, title text not null)');
  // The way that is documented: the pool is made first, and handed to Drizzle.
  db = drizzle({ client: pool });
});

afterAll(async () => {
  await pool.end();
  await server.stop();
});

beforeEach(async () => {
  await pool.query('truncate courses');
  registry = new Registry();
  const instrumented = instrumentPool(pool, { registry });
  return () => instrumented.dispose();
});

describe('instrumentPool() under Drizzle', () => {
  it('counts what the query builder sends, by kind of statement', async () => {
    await db.insert(courses).values([
      { id: 1, title: 'algebra' },
      { id: 2, title: 'botany' },
    ]);
    await db.update(courses).set({ title: 'geometry' }).where(eq(courses.id, 1));
    await db.delete(courses).where(eq(courses.id, 2));
    const rows = await db.select().from(courses);
    await db.execute(sql`values (1)`);
    expect(rows).toEqual([{ id: 1, title: 'geometry' }]);
    expect(await queries(registry)).toEqual({ insert: 1, update: 1, delete: 1, select: 2 });
    expect(await errors(registry)).toEqual({});
  });

  it('counts prepared statements each time they are sent', async () => {
    const byId = db
      .select()
      .from(courses)
      .where(eq(courses.id, sql.placeholder('id')))
      .prepare('course_by_id');
    expect([await byId.execute({ id: 1 }), await byId.execute({ id: 2 })]).toEqual([[], []]);
    expect(await queries(registry)).toEqual({ select: 2 });
  });

  it('counts a transaction that commits, one that fails, and gives the connection back', async () => {
    await db.transaction(async (tx) => void (await tx.insert(courses).values({ id: 1, title: 'algebra' })));
    const again = db.transaction(async (tx) => void (await tx.insert(courses).values({ id: 1, title: 'again' })));
    await expect(again).rejects.toMatchObject({ cause: { code: '23505' } });
    expect(await queries(registry)).toEqual({ transaction: 4, insert: 2 });
    expect(await errors(registry)).toEqual({ '23 insert': 1 });
    expect((await scrape(registry)).series('db_pool_connections')['default used']).toBe(0);
  });
});
