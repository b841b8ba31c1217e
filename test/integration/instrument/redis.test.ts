import { Registry } from 'prom-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { instrumentRedis } from '../../../src/instrument/redis/redis.ts';
import { startRedis } from '../../../servers/redis.ts';
import type { Server } from '../../../servers/server.ts';
import { scrape } from '../../support/exposition.ts';
import { type RedisClient, redisClients } from '../../support/redis-clients.ts';

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

function factsOf(error: unknown): unknown {
  return [Object.getPrototypeOf(error) as unknown, Object.entries(error as object), String(error)];
}

describe.each(redisClients)('instrumentRedis() with %s', (_, newClient) => {
  let redis: RedisClient;
  let registry: Registry;
  const others: RedisClient[] = [];

  beforeEach(async () => {
    redis = await newClient(server.url);
    registry = new Registry();
    await redis.raw('FLUSHALL');
  });

  afterEach(() => {
    for (const client of [redis, ...others.splice(0)]) client.destroy();
  });

  const another = async (): Promise<RedisClient> => {
    const client = await redis.another();
    others.push(client);
    return client;
  };

  it('exposes 0 for each result from the start', async () => {
    instrumentRedis(redis.client, { registry });
    expect(await reads(registry)).toEqual(counts(0, 0, 0));
  });

  it('counts hits and misses of GET and times each command, replies unchanged', async () => {
    instrumentRedis(redis.client, { registry, name: 'sessions' });
    expect(await redis.get('key')).toBeNull();
    expect(await redis.set('key', 'value')).toBe('OK');
    expect(await redis.get('key')).toBe('value');
    expect(await redis.del('key')).toBe(1);
    expect(await reads(registry)).toEqual({ 'sessions hit': 1, 'sessions miss': 1, 'sessions error': 0 });
    expect(await timed(registry)).toEqual({ 'sessions get': 2, 'sessions set': 1, 'sessions delete': 1 });
  });

  it('counts MGET by key, HMGET by field and HGETALL by hash', async () => {
    instrumentRedis(redis.client, { registry });
    await redis.set('key', 'value');
    await redis.hset('hash', 'field', 'value');
    expect(await redis.mget(['key', 'absent', 'absent too'])).toEqual(['value', null, null]);
    expect(await redis.hmget('hash', ['field', 'absent'])).toEqual(['value', null]);
    expect({ ...((await redis.hgetall('hash')) as object) }).toEqual({ field: 'value' });
    await redis.hgetall('absent');
    expect(await reads(registry)).toEqual(counts(3, 4, 0));
  });

  it('counts an error reply as it counts replies, key by key, and passes it on', async () => {
    instrumentRedis(redis.client, { registry });
    await redis.push('list', 'value');
    await expect(redis.get('list')).rejects.toThrow('WRONGTYPE');
    await expect(redis.hmget('list', ['a', 'b', 'c'])).rejects.toThrow('WRONGTYPE');
    expect(await reads(registry)).toEqual(counts(0, 0, 4));
  });

  it('counts no error of a command that reads nothing', async () => {
    instrumentRedis(redis.client, { registry });
    await redis.push('list', 'value');
    await expect(redis.raw('INCR', 'list')).rejects.toThrow('WRONGTYPE');
    expect([await reads(registry), await timed(registry)]).toEqual([counts(0, 0, 0), { 'redis other': 2 }]);
  });

  it('leaves a rejection that nobody handles unhandled', async () => {
    instrumentRedis(redis.client, { registry });
    await redis.push('list', 'value');
    const unhandled = new Promise((resolve) => process.once('unhandledRejection', resolve));
    void redis.get('list');
    expect(await unhandled).toMatchObject({ message: expect.stringContaining('WRONGTYPE') });
  });

  it('rejects with the very errors of the client', async () => {
    const bare = await another();
    instrumentRedis(redis.client, { registry });
    await redis.push('list', 'value');
    const [ours, theirs] = await Promise.all(
      [redis, bare].map((each) => each.get('list').catch((error: unknown) => error as Error)),
    );
    expect(factsOf(ours)).toEqual(factsOf(theirs));
  });

  it('sees the commands of a pipeline, one by one', async () => {
    instrumentRedis(redis.client, { registry });
    await redis.set('here', '1');
    const results = await redis.pipeline(['here', 'absent', 'last']);
    expect((results as unknown[]).flat().filter((reply) => reply !== null)).toEqual(['1', 'OK']);
    expect(await reads(registry)).toEqual(counts(1, 2, 0));
    expect(await timed(registry)).toEqual({ 'redis get': 3, 'redis set': 2 });
  });

  it('counts what a transaction reads, and times it as one', async () => {
    instrumentRedis(redis.client, { registry });
    await redis.set('here', 'QUEUED');
    await redis.transaction(['here', 'absent', 'absent too']);
    expect(await reads(registry)).toEqual(counts(1, 2, 0));
    expect(await timed(registry)).toEqual({ 'redis set': 1, 'redis other': 1 });
  });

  it('counts an error inside a transaction', async () => {
    instrumentRedis(redis.client, { registry });
    await redis.push('list', 'value');
    await redis.transaction(['absent', 'list']).catch(() => {});
    expect(await reads(registry)).toEqual(counts(0, 1, 1));
  });

  it('counts nothing as read by a transaction whose watched key has changed', async () => {
    const rival = await another();
    instrumentRedis(redis.client, { registry });
    await redis.watch('watched');
    await rival.set('watched', 'changed');
    await redis.transaction(['watched']).catch(() => {});
    expect(await reads(registry)).toEqual(counts(0, 0, 0));
    await redis.transaction(['watched']);
    expect(await reads(registry)).toEqual(counts(1, 0, 0));
  });

  it('counts what a transaction reads whose commands are sent one by one', async () => {
    instrumentRedis(redis.client, { registry });
    await redis.set('here', '1');
    for (const words of [['MULTI'], ['GET', 'here'], ['SET', 'new', '2'], ['MGET', 'absent', 'here'], ['EXEC']]) {
      await redis.raw(...words);
    }
    expect(await reads(registry)).toEqual(counts(2, 1, 0));
    for (const words of [['MULTI'], ['GET', 'here'], ['DISCARD']]) await redis.raw(...words);
    await redis.get('here');
    expect(await reads(registry)).toEqual(counts(3, 1, 0));
  });

  it('counts the reads of a transaction as errors that Redis refuses as a whole', async () => {
    instrumentRedis(redis.client, { registry });
    await redis.raw('MULTI');
    await redis.raw('GET', 'here');
    await expect(redis.raw('SET', 'too few')).rejects.toThrow('wrong number');
    await expect(redis.raw('EXEC')).rejects.toThrow('EXECABORT');
    expect(await reads(registry)).toEqual(counts(0, 0, 1));
  });

  it('takes a value "QUEUED" for what it is', async () => {
    instrumentRedis(redis.client, { registry });
    await redis.set('key', 'QUEUED');
    expect(await redis.get('key')).toBe('QUEUED');
    expect(await reads(registry)).toEqual(counts(1, 0, 0));
  });

  it('does not time a command that blocks on purpose', async () => {
    const pusher = await another();
    instrumentRedis(redis.client, { registry });
    const popped = redis.blockingPop('queue', 10);
    await pusher.push('queue', 'job');
    expect(JSON.stringify(await popped)).toContain('job');
    expect(await redis.blockingPop('queue', 0.01)).toBeNull();
    expect([await reads(registry), await timed(registry)]).toEqual([counts(0, 0, 0), {}]);
  });

  it('leaves subscriptions alone, and times PUBLISH', async () => {
    const publisher = await another();
    const other = new Registry();
    instrumentRedis(redis.client, { registry });
    instrumentRedis(publisher.client, { registry: other });
    const messages: string[] = [];
    await redis.subscribe('news', (message) => messages.push(message));
    await publisher.publish('news', 'one');
    await expect.poll(() => messages).toEqual(['one']);
    expect([await timed(registry), await timed(other)]).toEqual([{}, { 'redis other': 1 }]);
  });

  it('instruments a client once, and gives it back as it was', async () => {
    const shape = (): unknown => [redis.client, redis.inner].map((each) => Reflect.ownKeys(each));
    const before = shape();
    const first = instrumentRedis(redis.client, { registry });
    const second = instrumentRedis(redis.client, { registry });
    await redis.get('key');
    await redis.pipeline(['a']);
    await redis.transaction(['a']);
    expect(await reads(registry)).toEqual(counts(1, 2, 0));
    second.dispose();
    first.dispose();
    expect(shape()).toEqual(before);
    expect(await redis.get('key')).toBeNull();
    expect((await scrape(registry)).samples).toEqual([]);
  });

  it('leaves no listener behind', async () => {
    const emitter = redis.inner as NodeJS.EventEmitter;
    const listeners = (): unknown => emitter.eventNames().map((name) => [name, emitter.listenerCount(name)]);
    const before = listeners();
    const instrumented = instrumentRedis(redis.client, { registry });
    await redis.get('key');
    const during = listeners();
    instrumented.dispose();
    expect([during, listeners()]).toEqual([before, before]);
  });

  it('can be instrumented anew once it was given back', async () => {
    instrumentRedis(redis.client, { registry }).dispose();
    instrumentRedis(redis.client, { registry });
    await redis.get('key');
    expect(await reads(registry)).toEqual(counts(0, 1, 0));
  });

  it('touches no other client', async () => {
    const bare = await another();
    instrumentRedis(redis.client, { registry });
    await bare.get('key');
    await (await another()).get('key');
    expect(await reads(registry)).toEqual(counts(0, 0, 0));
  });

  it('records a command that is under way when it is disposed of nowhere', async () => {
    const instrumented = instrumentRedis(redis.client, { registry });
    const asked = redis.get('key');
    instrumented.dispose();
    expect(await asked).toBeNull();
    expect((await scrape(registry)).samples).toEqual([]);
  });

  it('records neither keys nor values', async () => {
    instrumentRedis(redis.client, { registry });
    await redis.set('key', 'secret');
    await redis.get('secret');
    expect(await registry.metrics()).not.toContain('secret');
  });
});
