import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'pg';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instrumentPool } from '../../../src/instrument/postgres/pool.ts';
import { type PostgresServer, startPostgres } from '../../../servers/postgres.ts';
import { type Exposition, scrape } from '../../support/exposition.ts';
import { postgresFaults } from '../../support/postgres-faults.ts';
import { errors, queries } from '../../support/query-counts.ts';
import { prepareLoad, type QueryLoad, startLoad } from '../../support/query-load.ts';

const max = 5;
const workers = 20;
const patiently = { timeout: 20_000, interval: 20 };

let server: PostgresServer;

beforeAll(async () => {
  server = await startPostgres({ databaseUrl: '' });
  const pool = new Pool({ connectionString: server.url });
  await prepareLoad(pool);
  await pool.end();
});

afterAll(() => server.stop());

describe.each(postgresFaults)('instrumentPool() when PostgreSQL $title under load', ({ happen, brings }) => {
  it('counts each failure once under its class, and connections as they are', async () => {
    const pool = new Pool({ connectionString: server.url, max, connectionTimeoutMillis: 500, query_timeout: 500 });
    pool.on('error', () => {});
    const registry = new Registry();
    instrumentPool(pool, { registry });
    const load = startLoad(pool, workers);
    const watch = watchGauges(registry);
    await load.answered(200);
    await happen(server, async () => {
      await expect.poll(() => classesIn(load.failures), patiently).toContain(brings);
    });
    await load.answered(200);
    await load.stop();
    const gauges = await watch.stop();
    // A connection may still be opening whose query has given up.
    await expect.poll(() => taken(registry), patiently).toEqual({ used: 0, waiting: 0 });
    const recorded = await errors(registry);
    const sent = await queries(registry);
    await pool.end();

    expect(recorded).toEqual(load.failures);
    expect(unanswered(sent, load)).toEqual([]);
    expect(gauges.violations).toEqual([]);
    expect(gauges.mostWaiting).toBeGreaterThan(0);
  });
});

async function taken(registry: Registry): Promise<object> {
  const { series } = await scrape(registry);
  return {
    used: series('db_pool_connections')['default used'],
    waiting: series('db_pool_waiting_requests')['default'],
  };
}

interface GaugeWatch {
  stop(): Promise<{ readonly violations: readonly string[]; readonly mostWaiting: number }>;
}

/** Scrapes all the time. */
function watchGauges(registry: Registry): GaugeWatch {
  const violations: string[] = [];
  let mostWaiting = 0;
  const stopping = new AbortController();
  const sample = ({ series }: Exposition): void => {
    const { 'default used': used = -1, 'default idle': idle = -1 } = series('db_pool_connections');
    const waiting = series('db_pool_waiting_requests')['default'] ?? -1;
    const isRight = used >= 0 && idle >= 0 && used + idle <= max && waiting >= 0 && waiting <= workers;
    if (!isRight) violations.push(`used ${used}, idle ${idle}, waiting ${waiting}`);
    mostWaiting = Math.max(mostWaiting, waiting);
  };
  const running = (async () => {
    while (!stopping.signal.aborted) {
      sample(await scrape(registry));
      await sleep(5);
    }
  })();
  return {
    stop: async () => {
      stopping.abort();
      await running;
      return { violations, mostWaiting };
    },
  };
}

function classesIn(failures: Readonly<Record<string, number>>): readonly (string | undefined)[] {
  return Object.keys(failures).map((key) => key.split(' ')[0]);
}

/** Operations with fewer times than answers, or more than were asked for: a time is taken of each query that was sent. */
function unanswered(sent: Readonly<Record<string, number>>, { answers, failures }: QueryLoad): readonly string[] {
  return Object.keys(sent).filter((operation) => {
    const failed = Object.entries(failures).filter(([key]) => key.endsWith(` ${operation}`));
    const most = failed.reduce((sum, [, count]) => sum + count, answers[operation] ?? 0);
    const count = sent[operation] ?? 0;
    return count < (answers[operation] ?? 0) || count > most;
  });
}
