import { Redis } from 'ioredis';
import { Client, Pool, type PoolConfig } from 'pg';
import { Registry } from 'prom-client';
import { createClient, createClientPool } from 'redis';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { HealthCheck } from '../../../src/instrument/health/check.ts';
import { httpCheck } from '../../../src/instrument/health/check-http.ts';
import { postgresCheck } from '../../../src/instrument/health/check-postgres.ts';
import { redisCheck } from '../../../src/instrument/health/check-redis.ts';
import { type HealthEndpoints, healthEndpoints } from '../../../src/instrument/health/health-endpoints.ts';
import { freePort } from '../../../servers/process/free-ports.ts';
import { startPostgres } from '../../../servers/postgres.ts';
import { startRedis } from '../../../servers/redis.ts';
import { type Server, startServer as startProgram } from '../../../servers/server.ts';
import { scrape } from '../../support/exposition.ts';
import { startServer } from '../../support/express-server.ts';
import { portForRestarts } from '../../support/port-for-restarts.ts';

let postgres: Server;
let redis: Server;
let web: Server;
const cleanUps: (() => unknown)[] = [];

beforeAll(async () => {
  const port = await portForRestarts();
  // One that we may pause and kill, whatever DATABASE_URL names.
  [postgres, redis, web] = await Promise.all([startPostgres({ databaseUrl: '' }), startRedis({ port }), startWeb()]);
});

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

afterAll(() => Promise.all([postgres, redis, web].map((server) => server.stop())));

async function startWeb(): Promise<Server> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/health`;
  const script = `require('http').createServer((_, response) => response.end('ok')).listen(${port}, '127.0.0.1')`;
  return startProgram({ name: 'web', url, port, command: process.execPath, args: ['-e', script], ready: url });
}

function newPool(options: PoolConfig = {}): Pool {
  const pool = new Pool({ connectionString: postgres.url, ...options });
  pool.on('error', () => {});
  cleanUps.push(() => pool.end());
  return pool;
}

async function newIoredis(): Promise<Redis> {
  const client = new Redis(redis.url, { retryStrategy: () => 50 });
  client.on('error', () => {});
  cleanUps.push(() => client.disconnect());
  await client.ping();
  return client;
}

async function newNodeRedis(): Promise<{ ping(): Promise<unknown> }> {
  const client = createClient({ url: redis.url, socket: { reconnectStrategy: () => 50 } });
  client.on('error', () => {});
  await client.connect();
  cleanUps.push(() => client.destroy());
  return client;
}

async function newPoolOfNodeRedis(): Promise<{ ping(): Promise<unknown> }> {
  const pool = createClientPool(
    { url: redis.url, socket: { reconnectStrategy: () => 50 } },
    { minimum: 1, maximum: 3 },
  );
  pool.on('error', () => {});
  await pool.connect();
  cleanUps.push(() => pool.destroy());
  return pool;
}

interface Probed {
  readonly health: HealthEndpoints;
  readonly registry: Registry;
  /** Status of `/ready`, and what it says of the check. */
  readonly ready: () => Promise<string>;
}

async function probe(check: HealthCheck, timeoutMillis = 300): Promise<Probed> {
  const registry = new Registry();
  const health = healthEndpoints({ registry, checks: { dependency: check }, timeoutMillis, cacheMillis: 1 });
  const server = await startServer(health);
  cleanUps.push(
    () => server.close(),
    () => health.dispose(),
  );
  const ready = async (): Promise<string> => {
    const answer = await server.send({ path: '/ready' });
    const { checks } = JSON.parse(answer?.body ?? '') as { readonly checks: { readonly dependency: string } };
    return `${answer?.status} ${checks.dependency}`;
  };
  return { health, registry, ready };
}

/** Several probes in a row. */
async function readyTimes(count: number, { ready }: Probed): Promise<readonly string[]> {
  const answers: string[] = [];
  for (let probed = 0; probed < count; probed += 1) answers.push(await ready());
  return answers;
}

const status = async (registry: Registry): Promise<number | undefined> =>
  (await scrape(registry)).value('health_check_status', { check: 'dependency' });

/** A restart takes its time. */
const patiently = { timeout: 20_000, interval: 20 };
const timeouts = (count: number): readonly string[] => Array.from({ length: count }, () => '503 timeout');

describe.each<[string, () => Server, () => Promise<HealthCheck>]>([
  ['postgresCheck() of a pool', () => postgres, async () => postgresCheck(newPool())],
  ['redisCheck() of ioredis', () => redis, async () => redisCheck(await newIoredis())],
  ['redisCheck() of node-redis', () => redis, async () => redisCheck(await newNodeRedis())],
  ['redisCheck() of a pool of node-redis', () => redis, async () => redisCheck(await newPoolOfNodeRedis())],
  ['httpCheck()', () => web, async () => httpCheck(web.url)],
])('%s', (_name, server, newCheck) => {
  it('times out while the server is paused, and passes again', async () => {
    const probed = await probe(await newCheck());
    expect(await probed.ready()).toBe('200 ok');
    server().pause();
    const paused = await readyTimes(3, probed);
    const recorded = await status(probed.registry);
    server().resume();
    expect([paused, recorded]).toEqual([timeouts(3), 0]);
    await expect.poll(probed.ready, patiently).toBe('200 ok');
    expect(await status(probed.registry)).toBe(1);
  });

  it('fails while the server is gone, and passes again', async () => {
    const probed = await probe(await newCheck());
    expect(await probed.ready()).toBe('200 ok');
    await server().kill();
    const gone = await readyTimes(3, probed);
    await server().restart();
    for (const answer of gone) expect(answer).toMatch(/^503 (failed|timeout)$/);
    await expect.poll(probed.ready, patiently).toBe('200 ok');
  });

  it('leaves no connection behind', async () => {
    const before = connections();
    const probed = await probe(await newCheck());
    server().pause();
    await readyTimes(2, probed);
    server().resume();
    await expect.poll(probed.ready, patiently).toBe('200 ok');
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
    // Those that fetch() keeps for later requests close by themselves.
    await expect.poll(connections, patiently).toBeLessThanOrEqual(before);
  });
});

/** Of this process, and attempts at one. */
function connections(): number {
  return process.getActiveResourcesInfo().filter((each) => each.startsWith('TCP')).length;
}

describe('postgresCheck() of a pool', () => {
  it('closes a connection that hangs, and asks for no other one while that is connecting', async () => {
    const pool = newPool({ max: 5 });
    let closed = 0;
    pool.on('remove', () => (closed += 1));
    const probed = await probe(postgresCheck(pool));
    expect(await probed.ready()).toBe('200 ok');
    postgres.pause();
    const paused = await readyTimes(6, probed);
    const during = { closed, taken: pool.totalCount, waiting: pool.waitingCount };
    postgres.resume();
    expect([paused, during]).toEqual([timeouts(6), { closed: 1, taken: 1, waiting: 0 }]);
    await expect.poll(probed.ready, patiently).toBe('200 ok');
    expect([pool.totalCount, pool.idleCount, pool.waitingCount]).toEqual([1, 1, 0]);
  });

  it('waits in line once where the pool has no connection to give, and takes none for good', async () => {
    const pool = newPool({ max: 2 });
    const probed = await probe(postgresCheck(pool));
    expect(await probed.ready()).toBe('200 ok');
    const held = [await pool.connect(), await pool.connect()];
    const exhausted = await readyTimes(4, probed);
    const { waitingCount } = pool;
    for (const client of held) client.release();
    expect([exhausted, waitingCount]).toEqual([timeouts(4), 1]);
    await expect.poll(probed.ready, patiently).toBe('200 ok');
    expect([pool.totalCount, pool.idleCount, pool.waitingCount]).toEqual([2, 2, 0]);
  });

  it('fails at once where the pool gives up by itself', async () => {
    const probed = await probe(postgresCheck(newPool({ connectionTimeoutMillis: 50 })));
    postgres.pause();
    const paused = await readyTimes(3, probed);
    postgres.resume();
    expect(paused).toEqual(['503 failed', '503 failed', '503 failed']);
    await expect.poll(probed.ready, patiently).toBe('200 ok');
  });

  it('survives a connection that breaks under its query', async () => {
    const pool = newPool();
    const probed = await probe(postgresCheck(pool), 20_000);
    expect(await probed.ready()).toBe('200 ok');
    postgres.pause();
    const asked = probed.ready();
    await expect.poll(() => pool.idleCount, patiently).toBe(0);
    await postgres.kill();
    const answer = await asked;
    await postgres.restart();
    expect([answer, pool.totalCount]).toEqual(['503 failed', 0]);
    await expect.poll(probed.ready, patiently).toBe('200 ok');
  });

  it('asks the pool once, however many call it', async () => {
    const pool = newPool({ max: 1 });
    const check = postgresCheck(pool);
    const held = await pool.connect();
    const calls = [1, 2, 3].map(() => check({ signal: new AbortController().signal }));
    const { waitingCount } = pool;
    held.release();
    await Promise.all(calls);
    expect(waitingCount).toBe(1);
  });
});

describe('postgresCheck() of a client', () => {
  it('sends one query while the server is paused, passes again, and fails for good once the connection is lost', async () => {
    const client = new Client({ connectionString: postgres.url });
    client.on('error', () => {});
    await client.connect();
    cleanUps.push(() => client.end().catch(() => {}));
    let queries = 0;
    const counting = {
      connect: client.connect.bind(client),
      query: (text: string) => ((queries += 1), client.query(text)),
    };
    const probed = await probe(postgresCheck(counting));
    expect(await probed.ready()).toBe('200 ok');
    const before = queries;
    postgres.pause();
    const paused = await readyTimes(3, probed);
    const during = queries - before;
    postgres.resume();
    expect([paused, during]).toEqual([timeouts(3), 1]);
    await expect.poll(probed.ready, patiently).toBe('200 ok');
    await postgres.restart();
    expect(await readyTimes(2, probed)).toEqual(['503 failed', '503 failed']);
  });
});

describe('redisCheck()', () => {
  it.each<[string, () => Promise<{ ping(): Promise<unknown> }>]>([
    ['ioredis', newIoredis],
    ['node-redis', newNodeRedis],
  ])('sends one PING of %s while the server is paused', async (_name, newClient) => {
    const client = await newClient();
    const monitor = await newIoredis();
    const probed = await probe(redisCheck(client));
    expect(await probed.ready()).toBe('200 ok');
    const pings = async (): Promise<number> =>
      Number(/cmdstat_ping:calls=(\d+)/.exec(await monitor.info('commandstats'))?.[1] ?? 0);
    const before = await pings();
    redis.pause();
    const paused = await readyTimes(3, probed);
    redis.resume();
    expect([paused, (await pings()) - before]).toEqual([timeouts(3), 1]);
    await expect.poll(probed.ready, patiently).toBe('200 ok');
  });
});
