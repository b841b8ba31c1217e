/** How node-redis sends its commands, and where the end of one can be seen without changing it. */
import type { SentCommand } from './commands.ts';
import { watchTransactions } from './transactions.ts';
import type { RedisWatch } from './watch.ts';
import { watchPromise, type Watcher } from '../runtime/promises.ts';
import { type Method, replaceMethod } from '../metrics/replace-method.ts';

interface BatchedCommand {
  readonly args: readonly unknown[];
}

/** node-redis hands out objects derived from the client proper, on which the commands run. */
export function nodeRedisClient(client: object): object | null {
  const { _self: self } = client as { readonly _self?: unknown };
  return typeof self === 'object' && self !== null && isClient(self) ? self : null;
}

/** What `createClient()` of 5 and 6 gives: neither a pool nor a cluster, nor an older client, has all of them. */
function isClient(self: object): boolean {
  const client = self as Readonly<Record<string, unknown>>;
  return ['sendCommand', '_executeMulti', '_executePipeline'].every((name) => typeof client[name] === 'function');
}

/** Watches every command of a client until what it returns is called; null for one that is watched already. */
export function watchNodeRedis(client: object, watch: RedisWatch): (() => void) | null {
  const sent = watchTransactions(watch);
  const restores = [
    replaceMethod(
      client,
      'sendCommand',
      watching(([args]) => sent(describe(args))),
    ),
    // Transactions and pipelines are written past sendCommand().
    replaceMethod(
      client,
      '_executeMulti',
      watching(([commands]) => watchMulti(describeAll(commands), watch)),
    ),
    replaceMethod(
      client,
      '_executePipeline',
      watching(([commands]) => watchPipeline(describeAll(commands), watch)),
    ),
  ];
  if (restores.every((restore) => restore === null)) return null;
  return () => {
    for (const restore of restores) restore?.();
  };
}

interface BatchEnd {
  replied(replies: unknown): void;
  failed(error: unknown): void;
}

function watching(begin: (args: readonly unknown[]) => BatchEnd): (original: Method) => Method {
  return (original) =>
    function send(this: unknown, ...args) {
      const end = begin(args);
      const watcher: Watcher = { fulfilled: (reply) => end.replied(reply), rejected: (error) => end.failed(error) };
      return watchPromise(original.apply(this, args) as PromiseLike<unknown>, watcher);
    };
}

function watchMulti(commands: readonly SentCommand[], watch: RedisWatch): BatchEnd {
  const end = watch.transaction();
  return {
    replied: (replies) => end.replied(commands, asList(replies)),
    failed: (error) => (isLostRace(error) ? end.abandoned() : end.failed(commands)),
  };
}

/** Its caller gets all replies at once, or none. */
function watchPipeline(commands: readonly SentCommand[], watch: RedisWatch): BatchEnd {
  const ends = commands.map((command) => watch.sent(command));
  return {
    replied: (replies) => {
      const list = asList(replies);
      for (const [index, end] of ends.entries()) end.replied(list[index]);
    },
    failed: () => {
      for (const end of ends) end.failed();
    },
  };
}

/** A watched key was changed: what WATCH is for. */
function isLostRace(error: unknown): boolean {
  return error instanceof Error && error.constructor.name === 'WatchError';
}

function describeAll(commands: unknown): readonly SentCommand[] {
  return asList(commands).map((command) => describe((command as BatchedCommand | null)?.args));
}

function describe(args: unknown): SentCommand {
  const list = asList(args);
  return { name: String(list[0]).toLowerCase(), argumentCount: list.length - 1 };
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}
