/** Which Redis commands are reads, writes and deletes of a cache, and which must not be timed. */
import type { CacheOperation } from '../cache/cache-recorder.ts';

/** What is looked at of a command. */
export interface SentCommand {
  /** In lower case. */
  readonly name: string;
  /** How many arguments follow the name. */
  readonly argumentCount: number;
}

/** How the reply of a read tells hits from misses. */
type ReplyShape =
  /** One value, nil when absent. */
  | 'value'
  /** A list with nil in the place of each absent value. */
  | 'values'
  /** A list or map, empty when absent. */
  | 'collection';

interface Read {
  readonly shape: ReplyShape;
  /** How many arguments of a read of many are no key. @default 0 */
  readonly besides?: number;
}

const readCommands: ReadonlyMap<string, Read> = new Map([
  ['get', { shape: 'value' }],
  ['getex', { shape: 'value' }],
  ['getdel', { shape: 'value' }],
  ['hget', { shape: 'value' }],
  ['json.get', { shape: 'value' }],
  ['mget', { shape: 'values' }],
  ['hmget', { shape: 'values', besides: 1 }],
  ['json.mget', { shape: 'values', besides: 1 }],
  ['hgetall', { shape: 'collection' }],
]);

const commandsByOperation: Readonly<Record<Exclude<CacheOperation, 'other'>, readonly string[]>> = {
  get: [...readCommands.keys()],
  set: [
    ['set', 'setex', 'psetex', 'setnx', 'mset', 'msetnx', 'msetex'],
    ['hset', 'hmset', 'hsetnx', 'hsetex', 'json.set', 'json.mset', 'expire', 'pexpire'],
  ].flat(),
  delete: ['del', 'unlink', 'hdel', 'json.del'],
};

/** Commands that wait on purpose, that clients send of their own accord, or whose time is that of `EXEC`. */
const untimed: readonly string[] = [
  ['blpop', 'brpop', 'brpoplpush', 'blmove', 'blmovem', 'blmpop', 'bzpopmin', 'bzpopmax', 'bzmpop'],
  ['xread', 'xreadgroup', 'wait', 'waitaof', 'monitor', 'multi'],
  ['subscribe', 'psubscribe', 'ssubscribe', 'unsubscribe', 'punsubscribe', 'sunsubscribe'],
  ['auth', 'hello', 'select', 'client', 'cluster', 'info', 'ping', 'quit', 'reset', 'readonly', 'asking'],
].flat();

const operationsByCommand: ReadonlyMap<string, CacheOperation | null> = new Map([
  ...Object.entries(commandsByOperation).flatMap(([operation, commands]) =>
    commands.map((command) => [command, operation as CacheOperation] as const),
  ),
  ...untimed.map((command) => [command, null] as const),
]);

/** Null for a command that is not timed. */
export function cacheOperationOf(command: string): CacheOperation | null {
  const operation = operationsByCommand.get(command);
  return operation === undefined ? 'other' : operation;
}

/** How many keys (of a hash: fields) a command asks for; 0 for one that is no read. */
export function readsOf({ name, argumentCount }: SentCommand): number {
  const read = readCommands.get(name);
  if (read === undefined) return 0;
  return read.shape === 'values' ? Math.max(1, argumentCount - (read.besides ?? 0)) : 1;
}

export interface HitsAndMisses {
  readonly hits: number;
  readonly misses: number;
}

/** Null for a command that is no read. */
export function hitsAndMisses(command: string, reply: unknown): HitsAndMisses | null {
  const read = readCommands.get(command);
  if (read === undefined) return null;
  if (read.shape === 'values' && Array.isArray(reply)) {
    const hits = reply.filter((value) => !isNil(value)).length;
    return { hits, misses: reply.length - hits };
  }
  return read.shape === 'collection' ? oneRead(!isEmpty(reply)) : oneRead(!isNil(reply));
}

function oneRead(hit: boolean): HitsAndMisses {
  return hit ? { hits: 1, misses: 0 } : { hits: 0, misses: 1 };
}

function isNil(value: unknown): boolean {
  return value === null || value === undefined;
}

function isEmpty(value: unknown): boolean {
  if (isNil(value)) return true;
  if (value instanceof Map) return value.size === 0;
  return typeof value === 'object' && Object.keys(value as object).length === 0;
}
