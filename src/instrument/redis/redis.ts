/** instrumentRedis(): Redis as the cache that a service sees, through ioredis or node-redis. */
import { TelltaleError } from '../../errors.ts';
import { acquireCacheRecorder } from '../cache/cache-recorder.ts';
import type { RecorderOptions } from '../metrics/from-catalog.ts';
import { aText, checkOptions, type OptionRules, recorderRules } from '../metrics/option-checks.ts';
import { isIoredis, watchIoredis } from './ioredis.ts';
import { nodeRedisClient, watchNodeRedis } from './node-redis.ts';
import { type RedisWatch, redisWatch } from './watch.ts';

export interface InstrumentRedisOptions extends RecorderOptions {
  /** Value of the `cache` label. @default 'redis' */
  readonly name?: string;
}

export interface InstrumentedRedis {
  /** Gives the client back as it was. */
  dispose(): void;
}

/**
 * Records a client of Redis: reads by result (hit, miss, error) of GET, MGET, HGET, HGETALL and their kin, key by key, and
 * the time of every command by what it does to a cache (get, set, delete, other). Works with ioredis 5 and 6, also its
 * Cluster and auto-pipelining, and with what `createClient()` of redis (node-redis) 5 and 6 gives. Only this client is
 * touched; replies, errors and unhandled rejections stay as they are. Keys and values are never recorded.
 *
 * Pipelines are seen command by command; of a transaction the reads, and its time as one `other`. One that is abandoned
 * because a watched key changed has read nothing. Blocking commands, subscriptions and what clients send by themselves are
 * not timed. A command that waits for a connection takes as long as its caller waits; one that is sent again after a
 * reconnect counts once. What node-redis answers from its client-side cache never gets as far as being sent, and is not seen.
 *
 * A client is instrumented once: until that is disposed of, a second call adds nothing. Costs at most 71 series.
 * @throws TELLTALE_OPTION for what is neither client, such as a pool or a cluster of node-redis, and for wrong options;
 * TELLTALE_NO_CLIENT, TELLTALE_METRIC_TAKEN
 * @example
 * const redis = new Redis();
 * instrumentRedis(redis, { name: 'sessions' });
 */
export function instrumentRedis(client: object, options: InstrumentRedisOptions = {}): InstrumentedRedis {
  checkOptions('use instrumentRedis()', options, redisRules);
  const watchCommands = watcherOf(Object(client) as object);
  const { name = 'redis' } = options;
  const shared = acquireCacheRecorder(options);
  const restore = watchCommands(redisWatch(shared.value.cache(name)));
  return {
    dispose: () => {
      restore?.();
      shared.release();
    },
  };
}

const redisRules: OptionRules = { ...recorderRules, name: aText };

function watcherOf(client: object): (watch: RedisWatch) => (() => void) | null {
  const nodeRedis = nodeRedisClient(client);
  if (nodeRedis !== null) return (watch) => watchNodeRedis(nodeRedis, watch);
  if (isIoredis(client)) return (watch) => watchIoredis(client, watch);
  throw new TelltaleError(
    'TELLTALE_OPTION',
    'Cannot instrument this object as a Redis client: it is none of those known',
    {
      fix: 'pass new Redis() or new Cluster() of ioredis, or createClient() of redis 5 or later; the clients of a pool or a cluster of redis are private',
    },
  );
}
