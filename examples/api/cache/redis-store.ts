/** A cache in Redis: shared by all instances. While Redis is away, reads fail at once instead of queueing up. */
import { instrumentRedis, redisCheck } from 'telltale';
import { createClient } from 'redis';
import { logError } from '../../service/log.ts';
import type { Registry } from 'prom-client';
import type { CacheStore } from './content-cache.ts';

const secondsToLive = 30;

export function redisStore(url: string, registry: Registry): CacheStore {
  const client = createClient({
    url,
    disableOfflineQueue: true,
    socket: { connectTimeout: 1_000, reconnectStrategy: (retries) => Math.min(100 * 2 ** retries, 2_000) },
  });
  client.on('error', (error: unknown) => logError('lost Redis', error));
  instrumentRedis(client, { name: 'content', registry });
  // Not awaited: the service works without Redis, and the client keeps trying.
  client.connect().catch((error: unknown) => logError('cannot reach Redis', error));
  return {
    get: async (key) => (await client.get(key)) ?? undefined,
    set: async (key, value) =>
      void (await client.set(key, value, { expiration: { type: 'EX', value: secondsToLive } })),
    delete: async (key) => void (await client.del(key)),
    check: redisCheck(client),
    close: async () => client.destroy(),
  };
}
