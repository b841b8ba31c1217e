import { Client, Pool } from 'pg';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postgresCheck } from '../../../src/instrument/health/check-postgres.ts';
import { healthEndpoints } from '../../../src/instrument/health/health-endpoints.ts';
import { instrumentPool } from '../../../src/instrument/postgres/pool.ts';
import { type PostgresServer, startPostgres } from '../../../servers/postgres.ts';
import { clientsInMemory } from '../../support/clients-in-memory.ts';
import { scrape } from '../../support/exposition.ts';
import { type RunningServer, startServer } from '../../support/express-server.ts';
import { postgresFaults } from '../../support/postgres-faults.ts';
import { prepareLoad, startLoad } from '../../support/query-load.ts';

let server: PostgresServer;

beforeAll(async () => {
  server = await startPostgres({ databaseUrl: '' });
  const pool = new Pool({ connectionString: server.url });
  await prepareLoad(pool);
  await pool.end();
});

afterAll(() => server.stop());

const patiently = { timeout: 20_000, interval: 20 };

describe.each(postgresFaults)('an instrumented pool under load when PostgreSQL $title', ({ happen }) => {
  it('turns the service unready and ready again, and leaves nothing behind', async () => {
    const before = connections();
    const pool = new Pool({ connectionString: server.url, max: 5, connectionTimeoutMillis: 500, query_timeout: 500 });
    pool.on('error', () => {});
    const clients = clientsInMemory(pool);
    const registry = new Registry();
    const instrumented = instrumentPool(pool, { registry });
    const listeners = listenersOf(pool);
    const checks = { database: postgresCheck(pool) };
    // Asked by this test alone, so that no check is under way when the gauges are read.
    const health = healthEndpoints({ registry, checks, cacheMillis: 1, intervalMillis: 3_600_000 });
    const service = await startServer(health);

    await expect.poll(() => readiness(service), patiently).toBe(200);
    const load = startLoad(pool, 20);
    await load.answered(200);
    await happen(server, async () => {
      await expect.poll(() => readiness(service), patiently).toBe(503);
    });
    await load.answered(200);
    await expect.poll(() => readiness(service), patiently).toBe(200);
    await load.stop();
    expect((await scrape(registry)).value('health_check_status', { check: 'database' })).toBe(1);

    // A connection may still be opening whose query has given up.
    await expect.poll(() => taken(registry), patiently).toMatchObject({ used: 0, waiting: 0 });
    expect(await taken(registry)).toEqual({ used: 0, idle: pool.totalCount, waiting: 0 });
    await expect.poll(sessions, patiently).toBe(pool.totalCount);
    expect(clients.seen()).toBeGreaterThan(pool.totalCount);
    expect(await clients.left()).toBe(0);
    // The load has one of its own.
    expect(listenersOf(pool)).toEqual({ ...listeners, connect: (listeners['connect'] ?? 0) + 1 });

    health.dispose();
    instrumented.dispose();
    await Promise.all([pool.end(), service.close()]);
    expect((await scrape(registry)).samples).toEqual([]);
    await expect.poll(connections, patiently).toBeLessThanOrEqual(before);
  });
});

async function readiness({ send }: RunningServer): Promise<number | undefined> {
  return (await send({ path: '/ready' }))?.status;
}

async function taken(registry: Registry): Promise<object> {
  const { series } = await scrape(registry);
  const { 'default used': used, 'default idle': idle } = series('db_pool_connections');
  return { used, idle, waiting: series('db_pool_waiting_requests')['default'] };
}

function listenersOf(pool: Pool): Readonly<Record<string, number>> {
  return Object.fromEntries(pool.eventNames().map((name) => [String(name), pool.listenerCount(name)]));
}

/** What the server says of it, by a session of its own. */
async function sessions(): Promise<number> {
  const client = new Client({ connectionString: server.url });
  await client.connect();
  const { rows } = await client.query<{ n: number }>(
    "select count(*)::int - 1 as n from pg_stat_activity where backend_type = 'client backend'",
  );
  await client.end();
  return rows[0]?.n ?? -1;
}

/** Of this process, and attempts at one. */
function connections(): number {
  return process.getActiveResourcesInfo().filter((each) => each.startsWith('TCP')).length;
}
