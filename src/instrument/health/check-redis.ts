/** redisCheck(): whether Redis answers, through the client that the service uses. */
import { TelltaleError } from '../../errors.ts';
import { type HealthCheck, oneAtATime } from './check.ts';

/** What is used of a client of ioredis or node-redis: neither is imported. */
export interface RedisPingable {
  ping(): Promise<unknown>;
}

interface AbortablePing extends RedisPingable {
  withAbortSignal(signal: AbortSignal): RedisPingable;
}

/**
 * A check for `healthEndpoints()` that passes when Redis answers PING: `new Redis()` and `new Redis.Cluster()` of ioredis,
 * `createClient()` and `createClientPool()` of redis.
 *
 * At the timeout node-redis (5 and later) takes back a PING that is still queued. One that was sent, or is queued in
 * ioredis, is waited for by further checks: a Redis that hangs never holds more than one.
 * @throws TELLTALE_OPTION when it has no ping()
 * @example
 * healthEndpoints({ checks: { redis: { check: redisCheck(redis), critical: false } } });
 */
export function redisCheck(client: RedisPingable): HealthCheck {
  if (typeof client.ping !== 'function') {
    throw new TelltaleError('TELLTALE_OPTION', 'Cannot check this object as a Redis client: it has no ping()', {
      fix: 'pass a client of ioredis (new Redis()) or of redis (createClient())',
    });
  }
  return oneAtATime(async (signal) => (isAbortable(client) ? client.withAbortSignal(signal) : client).ping());
}

function isAbortable(client: RedisPingable): client is AbortablePing {
  return typeof (client as Partial<AbortablePing>).withAbortSignal === 'function';
}
