import { Cluster, Redis } from 'ioredis';
import { Registry } from 'prom-client';
import { createClient, createClientPool, createCluster } from 'redis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instrumentRedis } from '../../../src/instrument/redis/redis.ts';
import { freePort } from '../../../servers/process/free-ports.ts';
import { startRedis } from '../../../servers/redis.ts';
import type { Server } from '../../../servers/server.ts';
import { clients } from '../../support/clients.ts';
import { scrape } from '../../support/exposition.ts';

let server: Server;

beforeAll(async () => {
  server = await startRedis();
});

afterAll(() => server.stop());

type Counts = Readonly<Record<string, number>>;

async function reads(registry: Registry): Promise<Counts> {
  return (await scrape(registry)).series('cache_requests_total');
}

async function timed(registry: Registry): Promise<Counts> {
  return (await scrape(registry)).series('cache_operation_duration_seconds_count');
}

const counts = (hit: number, miss: number, error: number): Counts => ({
  'redis hit': hit,
  'redis miss': miss,
  'redis error': error,
});

describe.each(clients)('instrumentRedis() on a registry of %s', (_, newRegistry) => {
  it('records', async () => {
    const registry = newRegistry();
    const redis = new Redis(server.url);
    instrumentRedis(redis, { registry });
    await redis.get('absent');
    await redis.quit();
    expect((await scrape(registry)).value('cache_requests_total', { cache: 'redis', result: 'miss' })).toBe(1);
  });
});

describe('instrumentRedis() with ioredis', () => {
  it.each([2, 3] as const)('tells hits from misses in RESP%i', async (protocol) => {
    const registry = new Registry();
    const redis = new Redis(server.url, { protocol });
    instrumentRedis(redis, { registry });
    await redis.del('key', 'hash', 'absent');
    await redis.set('key', 'value');
    await redis.hset('hash', 'field', 'value');
    await redis.getBuffer('key');
    await redis.mget('key', 'absent');
    await redis.hgetall('hash');
    await redis.hgetall('absent');
    await redis.multi().hgetall('hash').hgetall('absent').get('absent').exec();
    await redis.quit();
    expect(await reads(registry)).toEqual(counts(4, 4, 0));
  });

  it('counts commands that are pipelined automatically', async () => {
    const registry = new Registry();
    const redis = new Redis(server.url, { enableAutoPipelining: true });
    instrumentRedis(redis, { registry });
    await Promise.all([redis.set('auto', '1'), redis.get('auto'), redis.get('absent')]);
    await redis.quit();
    expect([await reads(registry), await timed(registry)]).toEqual([
      counts(1, 1, 0),
      { 'redis get': 2, 'redis set': 1 },
    ]);
  });

  it('counts a transaction that is not pipelined', async () => {
    const registry = new Registry();
    const redis = new Redis(server.url);
    instrumentRedis(redis, { registry });
    await redis.multi({ pipeline: false });
    await redis.get('absent');
    await redis.exec();
    await redis.quit();
    expect(await reads(registry)).toEqual(counts(0, 1, 0));
  });

  it('counts a command once that waits for the connection', async () => {
    const registry = new Registry();
    const redis = new Redis(server.url, { lazyConnect: true });
    instrumentRedis(redis, { registry });
    await redis.get('absent');
    await redis.quit();
    expect(await timed(registry)).toEqual({ 'redis get': 1 });
  });

  it('hands results to callbacks', async () => {
    const redis = new Redis(server.url);
    instrumentRedis(redis, { registry: new Registry() });
    const result = await new Promise((resolve, reject) => {
      void redis.get('absent', (error, value) =>
        error === null || error === undefined ? resolve(value) : reject(error),
      );
    });
    await redis.quit();
    expect(result).toBeNull();
  });
});

describe('instrumentRedis() with a Cluster of ioredis', () => {
  it('counts each command once, whichever node answers', async () => {
    const busPort = String(await freePort());
    const settings = { enabled: 'yes', port: busPort, 'announce-ip': '127.0.0.1' };
    const flags = Object.entries(settings).flatMap(([name, value]) => [`--cluster-${name}`, value]);
    const node = await startRedis({ flags });
    const direct = new Redis(node.url);
    await direct.cluster('ADDSLOTSRANGE', 0, 16_383);
    await expect.poll(() => direct.cluster('INFO'), { timeout: 20_000 }).toContain('cluster_state:ok');
    const registry = new Registry();
    const cluster = new Cluster([node.url]);
    const instrumented = instrumentRedis(cluster, { registry });
    await cluster.set('{a}key', 'value');
    await cluster.get('{a}key');
    await cluster.pipeline().get('{a}key').get('{a}absent').exec();
    await cluster.multi().get('{a}key').exec();
    const counted = [await reads(registry), await timed(registry)];
    instrumented.dispose();
    const own = Object.hasOwn(cluster, 'sendCommand');
    cluster.disconnect();
    direct.disconnect();
    await node.stop();
    expect([...counted, own]).toEqual([counts(3, 1, 0), { 'redis get': 3, 'redis set': 1, 'redis other': 1 }, false]);
  });
});

describe('instrumentRedis() with node-redis', () => {
  it('sees commands with options of their own, in RESP2 and RESP3', async () => {
    for (const RESP of [2, 3] as const) {
      const registry = new Registry();
      const redis = createClient({ url: server.url, RESP });
      await redis.connect();
      instrumentRedis(redis, { registry });
      await redis.hSet('hash', 'field', 'value');
      await redis.withAbortSignal(new AbortController().signal).get('absent');
      await redis.withCommandOptions({ asap: true }).hGetAll('hash');
      await redis.hGetAll('absent');
      await redis.close();
      expect([RESP, await reads(registry)]).toEqual([RESP, counts(1, 2, 0)]);
    }
  });

  it('is given the derived object of a client, and instruments the client', async () => {
    const registry = new Registry();
    const redis = createClient({ url: server.url });
    await redis.connect();
    instrumentRedis(redis.withCommandOptions({}), { registry });
    await redis.get('absent');
    redis.destroy();
    expect(await reads(registry)).toEqual(counts(0, 1, 0));
  });
});

describe('instrumentRedis()', () => {
  it.each([
    ['a Map', new Map()],
    ['nothing', null],
    ['a pool of redis', createClientPool()],
    ['a cluster of redis', createCluster({ rootNodes: [{ url: 'redis://127.0.0.1:1' }] })],
    ['a client of redis 4', { sendCommand: () => Promise.resolve() }],
  ])('refuses %s', (_what, client) => {
    expect(() => instrumentRedis(client as object)).toThrow(
      expect.objectContaining({ code: 'TELLTALE_OPTION', fix: expect.stringContaining('createClient()') }),
    );
  });

  it('refuses options that do not exist or are wrong, all together', () => {
    expect(() => instrumentRedis(createClient(), { name: '', cache: 'x' } as object)).toThrow(
      'Cannot use instrumentRedis(): option "name" must be a text that is not empty, got ""; option "cache" does not exist',
    );
  });
});
