import { Redis } from 'ioredis';
import { Registry } from 'prom-client';
import { createClient } from 'redis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { instrumentRedis } from '../../../src/instrument/redis/redis.ts';
import { startRedis } from '../../../servers/redis.ts';
import type { Server } from '../../../servers/server.ts';
import { scrape } from '../../support/exposition.ts';
import { portForRestarts } from '../../support/port-for-restarts.ts';
import { type RedisClient, redisClients } from '../../support/redis-clients.ts';

let server: Server;
let registry: Registry;
const open: { destroy: () => void }[] = [];

beforeEach(async () => {
  server = await startRedis({ port: await portForRestarts() });
  registry = new Registry();
});

afterEach(async () => {
  for (const client of open.splice(0)) client.destroy();
  await server.stop();
});

interface Tally {
  hit: number;
  miss: number;
  error: number;
}

async function recorded(): Promise<Tally> {
  const reads = (await scrape(registry)).series('cache_requests_total');
  return { hit: reads['redis hit'] ?? 0, miss: reads['redis miss'] ?? 0, error: reads['redis error'] ?? 0 };
}

async function timed(): Promise<Readonly<Record<string, number>>> {
  return (await scrape(registry)).series('cache_operation_duration_seconds_count');
}

const patiently = { timeout: 30_000, interval: 10 };

/** Reads without a pause, one after the other, and keeps account of what the callers saw. */
function startReading(redis: RedisClient): { seen: Tally; gets: () => number; stop: () => Promise<void> } {
  const seen: Tally = { hit: 0, miss: 0, error: 0 };
  let gets = 0;
  const load = { isRunning: true };
  const note = (values: readonly unknown[]): void => {
    for (const value of values) seen[value instanceof Error ? 'error' : value === null ? 'miss' : 'hit'] += 1;
  };
  const reader = async (keys: readonly string[], read: () => Promise<unknown>): Promise<void> => {
    while (load.isRunning) {
      try {
        const reply = await read();
        note(Array.isArray(reply) ? reply.map(valueOf) : [reply]);
      } catch (error) {
        note(keys.map(() => error));
        // The client fails at once as long as there is no connection.
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }
  };
  const counted = <T>(read: () => Promise<T>) => {
    return (): Promise<T> => {
      gets += 1;
      return read();
    };
  };
  const keys = ['here', 'absent'];
  const readers = [
    reader(
      ['here'],
      counted(() => redis.get('here')),
    ),
    reader(
      ['absent'],
      counted(() => redis.get('absent')),
    ),
    reader(
      keys,
      counted(() => redis.mget(keys)),
    ),
    reader(keys, () => redis.transaction(keys)),
  ];
  const stop = async (): Promise<void> => {
    load.isRunning = false;
    await Promise.all(readers);
  };
  return { seen, gets: () => gets, stop };
}

/** ioredis gives a pair of error and value for each command of a transaction. */
function valueOf(reply: unknown): unknown {
  return Array.isArray(reply) ? (reply[0] ?? (reply as unknown[])[1]) : reply;
}

describe.each(redisClients)('instrumentRedis() with %s under load', (_, newClient, { settlesAll }) => {
  const begin = async (): Promise<{ redis: RedisClient; load: ReturnType<typeof startReading> }> => {
    const redis = await newClient(server.url);
    open.push(redis);
    await redis.set('here', 'value');
    instrumentRedis(redis.client, { registry });
    const load = startReading(redis);
    await expect.poll(() => load.seen.hit, patiently).toBeGreaterThan(100);
    return { redis, load };
  };

  it.runIf(settlesAll)('counts what callers saw while Redis is killed and comes back, twice', async () => {
    const { redis, load } = await begin();
    for (let times = 0; times < 2; times += 1) {
      await server.kill();
      await new Promise((resolve) => setTimeout(resolve, 50));
      await server.restart();
      await expect.poll(() => redis.raw('PING').catch(() => 'error'), patiently).toBe('PONG');
      const { miss } = load.seen;
      await expect.poll(() => load.seen.miss, patiently).toBeGreaterThan(miss + 100);
    }
    await load.stop();
    expect(await recorded()).toEqual(load.seen);
    expect((await timed())['redis get']).toBe(load.gets());
  });

  it('counts what callers saw while Redis is paused and goes on', async () => {
    const { load } = await begin();
    server.pause();
    const { hit } = load.seen;
    await new Promise((resolve) => setTimeout(resolve, 200));
    const during = { seen: { ...load.seen }, recorded: await recorded() };
    server.resume();
    await expect.poll(() => load.seen.hit, patiently).toBeGreaterThan(hit + 100);
    await load.stop();
    expect(during.recorded).toEqual(during.seen);
    expect(await recorded()).toEqual(load.seen);
    expect((await timed())['redis get']).toBe(load.gets());
  });

  it.runIf(settlesAll)('counts what callers saw while connections are cut again and again', async () => {
    const { redis, load } = await begin();
    const operator = await redis.another();
    open.push(operator);
    for (let times = 0; times < 10; times += 1) {
      const { hit } = load.seen;
      await operator.raw('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
      await expect.poll(() => load.seen.hit, patiently).toBeGreaterThan(hit + 10);
    }
    await load.stop();
    expect(await recorded()).toEqual(load.seen);
    expect((await timed())['redis get']).toBe(load.gets());
  });

  it('counts what callers saw when the client is destroyed with commands on their way', async () => {
    const { redis, load } = await begin();
    server.pause();
    await new Promise((resolve) => setTimeout(resolve, 20));
    redis.destroy();
    await load.stop();
    expect(load.seen.error).toBeGreaterThan(0);
    expect(await recorded()).toEqual(load.seen);
    expect((await timed())['redis get']).toBe(load.gets());
  });

  it('counts what is answered before the client quits, and errors from then on', async () => {
    const redis = await newClient(server.url);
    instrumentRedis(redis.client, { registry });
    const asked = [redis.get('absent'), redis.get('absent')];
    await redis.quit();
    expect(await Promise.all(asked)).toEqual([null, null]);
    await expect(redis.get('absent')).rejects.toThrow(/closed/);
    expect(await recorded()).toEqual({ hit: 0, miss: 2, error: 1 });
  });

  it.runIf(settlesAll)('leaves nothing of its own on a client that reconnected', async () => {
    const redis = await newClient(server.url);
    open.push(redis);
    const inner = redis.inner as NodeJS.EventEmitter;
    const state = (): unknown => [
      Reflect.ownKeys(inner).filter((key) => typeof key === 'string' && /send|execute/i.test(key)),
      inner.eventNames().map((name) => [name, inner.listenerCount(name)]),
    ];
    const before = state();
    const instrumented = instrumentRedis(redis.client, { registry });
    await server.kill();
    await expect.poll(redis.isReady, patiently).toBe(false);
    await server.restart();
    await expect.poll(redis.isReady, patiently).toBe(true);
    expect(await redis.get('absent')).toBeNull();
    expect(await recorded()).toEqual({ hit: 0, miss: 1, error: 0 });
    instrumented.dispose();
    expect(state()).toEqual(before);
  });
});

describe('instrumentRedis() with ioredis', () => {
  it('counts a command once that times out, and not again when its reply comes late', async () => {
    const redis = new Redis(server.url, { commandTimeout: 50 });
    open.push({ destroy: () => redis.disconnect() });
    await redis.ping();
    instrumentRedis(redis, { registry });
    server.pause();
    await expect(redis.get('absent')).rejects.toThrow('Command timed out');
    server.resume();
    await redis.get('absent');
    expect(await recorded()).toEqual({ hit: 0, miss: 1, error: 1 });
  });

  it('counts a read of a server that is not there as an error', async () => {
    const redis = new Redis('redis://127.0.0.1:1', { maxRetriesPerRequest: 0, retryStrategy: () => null });
    redis.on('error', () => {});
    instrumentRedis(redis, { registry });
    await expect(redis.get('key')).rejects.toThrow('Connection is closed');
    expect(await recorded()).toEqual({ hit: 0, miss: 0, error: 1 });
  });
});

describe('instrumentRedis() with node-redis', () => {
  it('counts a read once that its caller gave up while it waited for a connection', async () => {
    const redis = createClient({ url: server.url, socket: { reconnectStrategy: () => 20 } });
    redis.on('error', () => {});
    open.push(redis);
    await redis.connect();
    instrumentRedis(redis, { registry });
    await server.kill();
    await expect.poll(() => redis.isReady, patiently).toBe(false);
    await expect(redis.withAbortSignal(AbortSignal.timeout(20)).get('absent')).rejects.toThrow('aborted');
    await server.restart();
    await redis.get('absent');
    expect(await recorded()).toEqual({ hit: 0, miss: 1, error: 1 });
  });

  it('counts a read without a connection as an error where nothing may wait for one', async () => {
    const redis = createClient({ url: server.url, disableOfflineQueue: true, socket: { reconnectStrategy: () => 20 } });
    redis.on('error', () => {});
    open.push(redis);
    await redis.connect();
    instrumentRedis(redis, { registry });
    await server.kill();
    await expect.poll(() => redis.isReady, patiently).toBe(false);
    await expect(redis.get('absent')).rejects.toThrow('offline');
    expect(await recorded()).toEqual({ hit: 0, miss: 0, error: 1 });
  });
});
