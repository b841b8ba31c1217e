/**
 * Commands between MULTI and EXEC that are sent one by one: each is answered with QUEUED, and all of them once more in the
 * reply to EXEC.
 */
import type { SentCommand } from './commands.ts';
import type { CommandEnd, RedisWatch } from './watch.ts';

/** To be called with the commands of one connection in the order in which they are sent. */
export function watchTransactions(watch: RedisWatch): (command: SentCommand) => CommandEnd {
  let open: SentCommand[] | null = null;
  return (command) => {
    const queued = open;
    if (command.name === 'multi') open = [];
    if (command.name === 'exec' || command.name === 'discard') open = null;
    if (queued === null || command.name === 'discard') return watch.sent(command);
    return command.name === 'exec' ? endOf(queued, watch) : memberOf(queued, command, watch);
  };
}

/** What decides is the reply: a client that connects meanwhile greets the server first, and no transaction outlives that. */
function memberOf(queued: SentCommand[], command: SentCommand, watch: RedisWatch): CommandEnd {
  const end = watch.sent(command);
  return {
    replied: (reply) => {
      if (isQueued(reply)) queued.push(command);
      else end.replied(reply);
    },
    failed: () => end.failedUntimed(),
  };
}

/** Those that failed by themselves were counted then. */
function endOf(queued: readonly SentCommand[], watch: RedisWatch): CommandEnd {
  const end = watch.transaction();
  return {
    replied: (reply) => {
      if (Array.isArray(reply) && reply.length === queued.length) end.replied(queued, reply as readonly unknown[]);
      else end.abandoned();
    },
    failed: () => end.failed(queued),
  };
}

const queuedReply = Buffer.from('QUEUED');

/** ioredis hands out replies as buffers. */
function isQueued(reply: unknown): boolean {
  return reply === 'QUEUED' || (Buffer.isBuffer(reply) && reply.equals(queuedReply));
}
