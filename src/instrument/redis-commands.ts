/** Which Redis commands are reads, writes and deletes of a cache, and which must not be timed. */
import type { CacheOperation } from './cache-recorder.ts';

/** How the reply of a read tells hits from misses. */
type ReplyShape =
  /** One value, nil when absent. */
  | 'value'
  /** A list with nil in the place of each absent value. */
  | 'values'
  /** A list or map, empty when absent. */
  | 'collection';

const readCommands: ReadonlyMap<string, ReplyShape> = new Map([
  ['get', 'value'],
  ['getex', 'value'],
  ['getdel', 'value'],
  ['hget', 'value'],
  ['json.get', 'value'],
  ['mget', 'values'],
  ['hmget', 'values'],
  ['json.mget', 'values'],
  ['hgetall', 'collection'],
]);

const operationsByCommand: ReadonlyMap<string, CacheOperation> = new Map([
  ...[...readCommands.keys()].map((command) => [command, 'get'] as const),
  ...[
    'set',
    'setex',
    'psetex',
    'setnx',
    'mset',
    'msetnx',
    'hset',
    'hmset',
    'hsetnx',
    'json.set',
    'expire',
    'pexpire',
  ].map((command) => [command, 'set'] as const),
  ...['del', 'unlink', 'hdel', 'json.del'].map((command) => [command, 'delete'] as const),
]);

/** Commands that wait on purpose, or that clients send of their own accord: their times say nothing of the cache. */
const untimed: ReadonlySet<string> = new Set(
  [
    ['blpop', 'brpop', 'brpoplpush', 'blmove', 'blmpop', 'bzpopmin', 'bzpopmax', 'bzmpop'],
    ['xread', 'xreadgroup', 'wait', 'waitaof', 'monitor'],
    ['subscribe', 'psubscribe', 'ssubscribe', 'unsubscribe', 'punsubscribe', 'sunsubscribe'],
    ['auth', 'hello', 'select', 'client', 'info', 'ping', 'quit', 'reset', 'readonly', 'asking'],
  ].flat(),
);

/** Null for a command that is not timed. */
export function cacheOperationOf(command: string): CacheOperation | null {
  return untimed.has(command) ? null : (operationsByCommand.get(command) ?? 'other');
}

const queued = Buffer.from('QUEUED');

export interface HitsAndMisses {
  readonly hits: number;
  readonly misses: number;
}

/** Null for a command that is no read, and for the reply to a read inside a transaction, which is only `QUEUED`. */
export function hitsAndMisses(command: string, reply: unknown): HitsAndMisses | null {
  const shape = readCommands.get(command);
  if (shape === undefined || isQueued(reply)) return null;
  if (shape === 'values' && Array.isArray(reply)) {
    const hits = reply.filter((value) => !isNil(value)).length;
    return { hits, misses: reply.length - hits };
  }
  return shape === 'collection' ? oneRead(!isEmpty(reply)) : oneRead(!isNil(reply));
}

function oneRead(hit: boolean): HitsAndMisses {
  return hit ? { hits: 1, misses: 0 } : { hits: 0, misses: 1 };
}

/** ioredis hands out replies as buffers. */
function isQueued(reply: unknown): boolean {
  return reply === 'QUEUED' || (Buffer.isBuffer(reply) && reply.equals(queued));
}

function isNil(value: unknown): boolean {
  return value === null || value === undefined;
}

function isEmpty(value: unknown): boolean {
  if (isNil(value)) return true;
  if (value instanceof Map) return value.size === 0;
  return typeof value === 'object' && Object.keys(value as object).length === 0;
}
