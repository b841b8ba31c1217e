/** What is recorded of Redis commands, whichever client sends them. */
import { performance } from 'node:perf_hooks';
import type { CacheOperation, CacheResult } from '../cache/cache-recorder.ts';
import { cacheOperationOf, hitsAndMisses, readsOf, type SentCommand } from './commands.ts';

/** Takes what was measured of one cache. */
export interface CacheTally {
  read(result: CacheResult, count: number): void;
  took(operation: CacheOperation, seconds: number): void;
}

/** To be told of the end of a command, once. */
export interface CommandEnd {
  replied(reply: unknown): void;
  failed(): void;
}

export interface SingleEnd extends CommandEnd {
  /** It failed as a part of something that is timed as a whole. */
  failedUntimed(): void;
}

/** To be told of the end of a transaction, once, with its commands and their replies in the same order. */
export interface TransactionEnd {
  replied(commands: readonly SentCommand[], replies: readonly unknown[]): void;
  failed(commands: readonly SentCommand[]): void;
  /** A watched key was changed, or it was discarded: nothing was read, and nothing went wrong. */
  abandoned(): void;
}

export interface RedisWatch {
  sent(command: SentCommand): SingleEnd;
  /** Many commands that are sent as one and time nothing by themselves. */
  transaction(): TransactionEnd;
}

export function redisWatch(tally: CacheTally): RedisWatch {
  return {
    sent: (command) => {
      const operation = cacheOperationOf(command.name);
      const took = clock(tally, operation);
      const failedUntimed = (): void => recordError(tally, command);
      return {
        replied: (reply) => {
          took();
          recordReply(tally, command, reply);
        },
        failed: () => {
          took();
          failedUntimed();
        },
        failedUntimed,
      };
    },
    transaction: () => {
      const took = clock(tally, 'other');
      return {
        replied: (commands, replies) => {
          took();
          for (const [index, command] of commands.entries()) recordReply(tally, command, replies[index]);
        },
        failed: (commands) => {
          took();
          for (const command of commands) recordError(tally, command);
        },
        abandoned: took,
      };
    },
  };
}

function clock(tally: CacheTally, operation: CacheOperation | null): () => void {
  const startedMillis = performance.now();
  return () => {
    if (operation !== null) tally.took(operation, (performance.now() - startedMillis) / 1_000);
  };
}

/** Errors of single commands are items of the reply to a transaction. */
function recordReply(tally: CacheTally, command: SentCommand, reply: unknown): void {
  if (reply instanceof Error) return recordError(tally, command);
  const reads = hitsAndMisses(command.name, reply);
  if (reads === null) return;
  if (reads.hits > 0) tally.read('hit', reads.hits);
  if (reads.misses > 0) tally.read('miss', reads.misses);
}

function recordError(tally: CacheTally, command: SentCommand): void {
  const reads = readsOf(command);
  if (reads > 0) tally.read('error', reads);
}
