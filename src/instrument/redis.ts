/** instrumentRedis(): Redis as the cache that a service sees, through ioredis or node-redis. */
import { TelltaleError } from '../errors.ts';
import { acquireCacheRecorder, type CacheSeries } from './cache-recorder.ts';
import type { RecorderOptions } from './from-catalog.ts';
import { type CommandEnd, watchCommands } from './redis-clients.ts';
import { cacheOperationOf, hitsAndMisses } from './redis-commands.ts';

export interface InstrumentRedisOptions extends RecorderOptions {
  /** Value of the `cache` label. @default 'redis' */
  readonly name?: string;
}

export interface InstrumentedRedis {
  /** Gives the client back as it was. */
  dispose(): void;
}

/**
 * Records a Redis client: reads by result (hit, miss, error) of GET, MGET, HGET, HGETALL and their kin, key by key,
 * and the time of every command by what it does to a cache (get, set, delete, other). Blocking commands and those that
 * clients send by themselves are not timed. Works with ioredis (also Cluster and pipelines) and with clients of
 * node-redis' `createClient()` (what is sent in `multi()` is not seen). Only this client is touched; replies, errors
 * and unhandled rejections stay as they are. Keys and values are never recorded. Costs at most 71 series.
 * @throws TELLTALE_OPTION when `client` is neither, or is a pool or a cluster of node-redis
 * @example
 * const redis = new Redis();
 * instrumentRedis(redis, { name: 'sessions' });
 */
export function instrumentRedis(client: object, options: InstrumentRedisOptions = {}): InstrumentedRedis {
  const { name = 'redis' } = options;
  validate(client);
  const shared = acquireCacheRecorder(options);
  const series = shared.value.cache(name);
  const restore = watchCommands(client, (command) => watchCommand(series, command));
  return {
    dispose: () => {
      restore?.();
      shared.release();
    },
  };
}

function watchCommand(series: CacheSeries, command: string): CommandEnd {
  const operation = cacheOperationOf(command);
  const started = performance.now();
  const took = (): void => {
    if (operation !== null) series.took(operation, (performance.now() - started) / 1_000);
  };
  return {
    replied: (reply) => {
      took();
      const reads = hitsAndMisses(command, reply);
      if (reads === null) return;
      if (reads.hits > 0) series.read('hit', reads.hits);
      if (reads.misses > 0) series.read('miss', reads.misses);
    },
    failed: () => {
      took();
      if (operation === 'get') series.read('error');
    },
  };
}

function validate(client: object): void {
  const { sendCommand, execute, slots } = client as Readonly<Record<string, unknown>>;
  if (typeof sendCommand !== 'function') {
    throw new TelltaleError(
      'TELLTALE_OPTION',
      'Cannot instrument this object as a Redis client: it has no sendCommand',
      {
        fix: 'pass a client of ioredis (new Redis()) or of redis (createClient())',
      },
    );
  }
  const isNodeRedisGroup = typeof execute === 'function' || (Array.isArray(slots) && !('status' in client));
  if (isNodeRedisGroup) {
    throw new TelltaleError(
      'TELLTALE_OPTION',
      'Cannot instrument a pool or a cluster of node-redis: its clients are private',
      {
        fix: 'use createClient(), or ioredis, whose Cluster is supported',
      },
    );
  }
}
