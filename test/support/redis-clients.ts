/** The Redis clients that are supported, newest and previous major, with the calls that tests make of any. */
import { Redis as Ioredis } from 'ioredis';
import { Redis as Ioredis5 } from 'ioredis5';
import { createClient } from 'redis';
import { createClient as createClient5 } from 'redis5';

export interface RedisClient {
  /** What a service has, and instruments. */
  readonly client: object;
  /** Where the methods that are watched live. */
  readonly inner: object;
  readonly get: (key: string) => Promise<unknown>;
  readonly set: (key: string, value: string) => Promise<unknown>;
  readonly del: (key: string) => Promise<unknown>;
  readonly mget: (keys: readonly string[]) => Promise<unknown>;
  readonly hset: (key: string, field: string, value: string) => Promise<unknown>;
  readonly hmget: (key: string, fields: readonly string[]) => Promise<unknown>;
  readonly hgetall: (key: string) => Promise<unknown>;
  readonly push: (key: string, value: string) => Promise<unknown>;
  readonly blockingPop: (key: string, seconds: number) => Promise<unknown>;
  readonly watch: (key: string) => Promise<unknown>;
  /** GET of each key, and SET of the last, in one pipeline. */
  readonly pipeline: (keys: readonly string[]) => Promise<unknown>;
  /** GET of each key in a transaction. */
  readonly transaction: (keys: readonly string[]) => Promise<unknown>;
  /** Sends the words as they are. */
  readonly raw: (...words: readonly string[]) => Promise<unknown>;
  readonly subscribe: (channel: string, onMessage: (message: string) => void) => Promise<unknown>;
  readonly publish: (channel: string, message: string) => Promise<unknown>;
  /** Another client of the same kind and options, connected. */
  readonly another: () => Promise<RedisClient>;
  readonly isReady: () => boolean;
  /** After everything that was sent is answered. */
  readonly quit: () => Promise<unknown>;
  /** At once. */
  readonly destroy: () => void;
}

export type NewRedisClient = (url: string) => Promise<RedisClient>;

export interface RedisClientFacts {
  /**
   * Whether every command ends: node-redis 5 leaves some pending for ever that are sent about when a connection breaks and
   * comes back, instrumented or not.
   */
  readonly settlesAll: boolean;
}

/** Reconnects quickly, and gives no command up by itself. */
const ioredisOptions = { retryStrategy: () => 20, maxRetriesPerRequest: null } as const;

function ofIoredis(client: Ioredis, another: () => Promise<RedisClient>): RedisClient {
  client.on('error', () => {});
  return {
    client,
    inner: client,
    get: (key) => client.get(key),
    set: (key, value) => client.set(key, value),
    del: (key) => client.del(key),
    mget: (keys) => client.mget([...keys]),
    hset: (key, field, value) => client.hset(key, field, value),
    hmget: (key, fields) => client.hmget(key, ...fields),
    hgetall: (key) => client.hgetall(key),
    push: (key, value) => client.lpush(key, value),
    blockingPop: (key, seconds) => client.blpop(key, seconds),
    watch: (key) => client.watch(key),
    pipeline: async (keys) => {
      const pipeline = client.pipeline();
      for (const key of keys) pipeline.get(key);
      return pipeline.set(keys.at(-1) ?? '', 'set').exec();
    },
    transaction: async (keys) => {
      const transaction = client.multi();
      for (const key of keys) transaction.get(key);
      return transaction.exec();
    },
    raw: (command = '', ...args) => client.call(command, ...args),
    subscribe: async (channel, onMessage) => {
      client.on('message', (_channel, message) => onMessage(message));
      return client.subscribe(channel);
    },
    publish: (channel, message) => client.publish(channel, message),
    another,
    isReady: () => client.status === 'ready',
    quit: () => client.quit(),
    destroy: () => client.disconnect(),
  };
}

type NodeRedis = ReturnType<typeof createClient>;

function ofNodeRedis(client: NodeRedis, another: () => Promise<RedisClient>): RedisClient {
  client.on('error', () => {});
  return {
    client,
    inner: (client as unknown as { readonly _self: object })._self,
    get: (key) => client.get(key),
    set: (key, value) => client.set(key, value),
    del: (key) => client.del(key),
    mget: (keys) => client.mGet([...keys]),
    hset: (key, field, value) => client.hSet(key, field, value),
    hmget: (key, fields) => client.hmGet(key, [...fields]),
    hgetall: (key) => client.hGetAll(key),
    push: (key, value) => client.lPush(key, value),
    blockingPop: (key, seconds) => client.blPop(key, seconds),
    watch: (key) => client.watch(key),
    pipeline: async (keys) => {
      const pipeline = client.multi();
      for (const key of keys) pipeline.get(key);
      return pipeline.set(keys.at(-1) ?? '', 'set').execAsPipeline();
    },
    transaction: async (keys) => {
      const transaction = client.multi();
      for (const key of keys) transaction.get(key);
      return transaction.exec();
    },
    raw: (...words) => client.sendCommand([...words]),
    subscribe: (channel, onMessage) => client.subscribe(channel, onMessage),
    publish: (channel, message) => client.publish(channel, message),
    another,
    isReady: () => client.isReady,
    quit: () => client.close(),
    destroy: () => (client.isOpen ? client.destroy() : undefined),
  };
}

const newIoredis: NewRedisClient = async (url) => {
  const client = new Ioredis(url, ioredisOptions);
  await client.ping();
  return ofIoredis(client, () => newIoredis(url));
};

const newIoredis5: NewRedisClient = async (url) => {
  const client = new Ioredis5(url, ioredisOptions);
  await client.ping();
  return ofIoredis(client as unknown as Ioredis, () => newIoredis5(url));
};

const newNodeRedis: NewRedisClient = async (url) => {
  const client = createClient({ url, socket: { reconnectStrategy: () => 20 } });
  const wrapped = ofNodeRedis(client as unknown as NodeRedis, () => newNodeRedis(url));
  await client.connect();
  return wrapped;
};

const newNodeRedis5: NewRedisClient = async (url) => {
  const client = createClient5({ url, socket: { reconnectStrategy: () => 20 } });
  const wrapped = ofNodeRedis(client as unknown as NodeRedis, () => newNodeRedis5(url));
  await client.connect();
  return wrapped;
};

export const redisClients: readonly (readonly [string, NewRedisClient, RedisClientFacts])[] = [
  ['ioredis 6', newIoredis, { settlesAll: true }],
  ['ioredis 5', newIoredis5, { settlesAll: true }],
  ['node-redis 6', newNodeRedis, { settlesAll: true }],
  ['node-redis 5', newNodeRedis5, { settlesAll: false }],
];
