/** How ioredis sends its commands, and where the end of one can be seen without changing it. */
import { type SentCommand } from './commands.ts';
import { watchTransactions } from './transactions.ts';
import type { CommandEnd, RedisWatch } from './watch.ts';
import { replaceMethod } from '../metrics/replace-method.ts';

interface Command {
  readonly name: string;
  readonly args: readonly unknown[];
  resolve: (reply: unknown) => unknown;
  reject: (error: Error) => unknown;
  /** The `resolve` of ours: a command is sent again after a reconnect, and with others when a cluster retries it. */
  [watched]?: Command['resolve'];
}

const watched = Symbol.for('telltale.redis-command');

/** Clients and clusters of ioredis: everything that they send, pipelines too, passes `sendCommand()` as an object. */
export function isIoredis(client: object): boolean {
  const { sendCommand, status, pipeline } = client as Readonly<Record<string, unknown>>;
  return typeof sendCommand === 'function' && typeof status === 'string' && typeof pipeline === 'function';
}

/** Watches every command of a client until what it returns is called; null for one that is watched already. */
export function watchIoredis(client: object, watch: RedisWatch): (() => void) | null {
  const sent = watchTransactions(watch);
  return replaceMethod(
    client,
    'sendCommand',
    (original) =>
      function sendCommand(this: unknown, ...args) {
        const [command] = args;
        if (isCommand(command) && command[watched] !== command.resolve) watchSettling(command, sent(describe(command)));
        return original.apply(this, args);
      },
  );
}

/**
 * The two functions that settle a command are watched, and not its promise: a handler on that would hide a rejection
 * that nobody handles. The first call counts, as a command that timed out may be answered yet.
 */
function watchSettling(command: Command, end: CommandEnd): void {
  const { resolve, reject } = command;
  let settled = false;
  command.resolve = (reply) => {
    if (!settled) end.replied(reply);
    settled = true;
    return resolve.call(command, reply);
  };
  command.reject = (error) => {
    if (!settled) end.failed();
    settled = true;
    return reject.call(command, error);
  };
  command[watched] = command.resolve;
}

function describe({ name, args }: Command): SentCommand {
  return { name: name.toLowerCase(), argumentCount: args.length };
}

function isCommand(value: unknown): value is Command {
  const { name, args, resolve, reject } = (value ?? {}) as Readonly<Partial<Record<keyof Command, unknown>>>;
  const settles = typeof resolve === 'function' && typeof reject === 'function';
  return settles && typeof name === 'string' && Array.isArray(args);
}
