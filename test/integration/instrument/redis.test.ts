import { Redis } from 'ioredis';
import { Registry } from 'prom-client';
import { createClient, createClientPool } from 'redis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { instrumentRedis } from '../../../src/instrument/redis.ts';
import { startRedis } from '../../../servers/redis.ts';
import type { Server } from '../../../servers/server.ts';
import { clients } from '../../support/clients.ts';
import { scrape } from '../../support/exposition.ts';

let server: Server;

beforeAll(async () => {
  server = await startRedis();
});

afterAll(() => server.stop());

/** What the tests need of either client. */
interface TestClient {
  readonly client: object;
  readonly get: (key: string) => Promise<unknown>;
  readonly set: (key: string, value: string) => Promise<unknown>;
  readonly mget: (keys: string[]) => Promise<unknown>;
  readonly hgetall: (key: string) => Promise<unknown>;
  readonly push: (key: string, value: string) => Promise<unknown>;
  readonly del: (key: string) => Promise<unknown>;
  readonly close: () => Promise<unknown>;
}

function newIoredis(): Promise<TestClient> {
  const client = new Redis(server.url);
  return Promise.resolve({
    client,
    get: (key) => client.get(key),
    set: (key, value) => client.set(key, value),
    mget: (keys) => client.mget(keys),
    hgetall: (key) => client.hgetall(key),
    push: (key, value) => client.lpush(key, value),
    del: (key) => client.del(key),
    close: () => client.quit(),
  });
}

async function newNodeRedis(): Promise<TestClient> {
  const client = createClient({ url: server.url });
  await client.connect();
  return {
    client,
    get: (key) => client.get(key),
    set: (key, value) => client.set(key, value),
    mget: (keys) => client.mGet(keys),
    hgetall: (key) => client.hGetAll(key),
    push: (key, value) => client.lPush(key, value),
    del: (key) => client.del(key),
    close: () => client.close(),
  };
}

describe.each([
  ['ioredis', newIoredis],
  ['node-redis', newNodeRedis],
])('instrumentRedis() with %s', (_, newClient) => {
  let redis: TestClient;
  let registry: Registry;

  beforeEach(async () => {
    redis = await newClient();
    registry = new Registry();
    await redis.del('key');
  });

  afterEach(() => redis.close());

  it('exposes 0 for each result from the start', async () => {
    instrumentRedis(redis.client, { registry });
    expect((await scrape(registry)).series('cache_requests_total')).toEqual({
      'redis hit': 0,
      'redis miss': 0,
      'redis error': 0,
    });
  });

  it('counts hits and misses of GET and times each command, replies unchanged', async () => {
    instrumentRedis(redis.client, { registry, name: 'sessions' });
    expect(await redis.get('key')).toBeNull();
    expect(await redis.set('key', 'value')).toBe('OK');
    expect(await redis.get('key')).toBe('value');
    expect(await redis.del('key')).toBe(1);
    const { series } = await scrape(registry);
    expect(series('cache_requests_total')).toEqual({ 'sessions hit': 1, 'sessions miss': 1, 'sessions error': 0 });
    expect(series('cache_operation_duration_seconds_count')).toEqual({
      'sessions get': 2,
      'sessions set': 1,
      'sessions delete': 1,
    });
  });

  it('counts MGET by key and HGETALL by hash', async () => {
    instrumentRedis(redis.client, { registry });
    await redis.set('key', 'value');
    expect(await redis.mget(['key', 'absent', 'absent too'])).toEqual(['value', null, null]);
    await redis.hgetall('absent');
    const { series } = await scrape(registry);
    expect(series('cache_requests_total')).toEqual({ 'redis hit': 1, 'redis miss': 3, 'redis error': 0 });
  });

  it('counts an error reply, and passes it on', async () => {
    instrumentRedis(redis.client, { registry });
    await redis.push('key', 'value');
    await expect(redis.get('key')).rejects.toThrow('WRONGTYPE');
    const { series } = await scrape(registry);
    expect(series('cache_requests_total')).toEqual({ 'redis hit': 0, 'redis miss': 0, 'redis error': 1 });
  });

  it('leaves a rejection that nobody handles unhandled', async () => {
    instrumentRedis(redis.client, { registry });
    await redis.push('key', 'value');
    const unhandled = new Promise((resolve) => process.once('unhandledRejection', resolve));
    void redis.get('key');
    expect(await unhandled).toMatchObject({ message: expect.stringContaining('WRONGTYPE') });
  });

  it('instruments a client once, and gives it back as it was', async () => {
    const before = Object.getOwnPropertyNames(redis.client);
    const [first, second] = [1, 2].map(() => instrumentRedis(redis.client, { registry }));
    await redis.get('key');
    expect((await scrape(registry)).value('cache_requests_total', { cache: 'redis', result: 'miss' })).toBe(1);
    second?.dispose();
    first?.dispose();
    expect(Object.getOwnPropertyNames(redis.client)).toEqual(before);
    expect(await redis.get('key')).toBeNull();
    expect((await scrape(registry)).samples).toEqual([]);
  });

  it('records neither keys nor values', async () => {
    instrumentRedis(redis.client, { registry });
    await redis.set('key', 'secret');
    await redis.get('secret');
    expect(await registry.metrics()).not.toContain('secret');
  });
});

describe.each(clients)('instrumentRedis() on a registry of %s', (_, newRegistry) => {
  it('records', async () => {
    const registry = newRegistry();
    const redis = await newIoredis();
    instrumentRedis(redis.client, { registry });
    await redis.get('absent');
    await redis.close();
    expect((await scrape(registry)).value('cache_requests_total', { cache: 'redis', result: 'miss' })).toBe(1);
  });
});

describe('instrumentRedis() with ioredis', () => {
  it('sees the commands of a pipeline', async () => {
    const registry = new Registry();
    const redis = new Redis(server.url);
    instrumentRedis(redis, { registry });
    await redis.pipeline().set('p', '1').get('p').get('absent').exec();
    await redis.quit();
    const { series } = await scrape(registry);
    expect(series('cache_requests_total')).toEqual({ 'redis hit': 1, 'redis miss': 1, 'redis error': 0 });
  });

  it('does not take QUEUED inside a transaction for a hit', async () => {
    const registry = new Registry();
    const redis = new Redis(server.url);
    instrumentRedis(redis, { registry });
    const results = await redis.multi().get('absent').exec();
    await redis.quit();
    expect(results).toEqual([[null, null]]);
    const { series } = await scrape(registry);
    expect(series('cache_requests_total')).toEqual({ 'redis hit': 0, 'redis miss': 0, 'redis error': 0 });
  });

  it('counts a command once that waits for the connection', async () => {
    const registry = new Registry();
    const redis = new Redis(server.url, { lazyConnect: true });
    instrumentRedis(redis, { registry });
    await redis.get('absent');
    await redis.quit();
    expect((await scrape(registry)).series('cache_operation_duration_seconds_count')).toEqual({ 'redis get': 1 });
  });

  it('counts a command once that times out', async () => {
    const registry = new Registry();
    const redis = new Redis(server.url, { commandTimeout: 50 });
    await redis.ping();
    instrumentRedis(redis, { registry });
    server.pause();
    await expect(redis.get('absent')).rejects.toThrow('Command timed out');
    server.resume();
    await redis.quit();
    const { series } = await scrape(registry);
    expect(series('cache_requests_total')).toEqual({ 'redis hit': 0, 'redis miss': 0, 'redis error': 1 });
  });

  it('counts a read of a server that is not there as an error', async () => {
    const registry = new Registry();
    const redis = new Redis('redis://127.0.0.1:1', { maxRetriesPerRequest: 0, retryStrategy: () => null });
    redis.on('error', () => {});
    instrumentRedis(redis, { registry });
    await expect(redis.get('key')).rejects.toThrow('Connection is closed');
    expect((await scrape(registry)).value('cache_requests_total', { cache: 'redis', result: 'error' })).toBe(1);
  });
});

describe('instrumentRedis()', () => {
  it('refuses what is no client', () => {
    expect(() => instrumentRedis(new Map())).toThrow('it has no sendCommand');
    expect(() => instrumentRedis(createClientPool())).toThrow('a pool or a cluster of node-redis');
  });
});
