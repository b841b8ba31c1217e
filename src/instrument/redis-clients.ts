/** How each Redis client sends its commands, and where the end of one can be seen without changing it. */
import { watchPromise } from './runtime-promises.ts';
import { type Method, replaceMethod } from './runtime-replace-method.ts';

/** One command that was sent. Called once, with lower-case name; returns what is to be told of its end. */
export type OnCommand = (name: string) => CommandEnd;

export interface CommandEnd {
  replied(reply: unknown): void;
  failed(): void;
}

/** Watches every command of a client; null for an object that is no client known here. */
export function watchCommands(client: object, onCommand: OnCommand): (() => void) | null {
  const target = underlying(client);
  const replace = isNodeRedis(client) ? watchNodeRedis(onCommand) : watchIoredis(onCommand);
  return replaceMethod(target, 'sendCommand', replace);
}

/** node-redis hands out objects derived from the client proper, on which the commands run. */
export function underlying(client: object): object {
  const self = (client as { readonly _self?: unknown })._self;
  return typeof self === 'object' && self !== null ? self : client;
}

/** node-redis sends an array of arguments and returns a promise of the raw reply. */
function watchNodeRedis(onCommand: OnCommand): (original: Method) => Method {
  return (original) =>
    function sendCommand(this: unknown, ...args) {
      const end = onCommand(nameOf(args[0]));
      const sent = original.apply(this, args) as PromiseLike<unknown>;
      return watchPromise(sent, { fulfilled: (reply) => end.replied(reply), rejected: () => end.failed() });
    };
}

interface IoredisCommand {
  readonly name: string;
  resolve: (reply: unknown) => unknown;
  reject: (error: Error) => unknown;
}

/**
 * ioredis sends an object with the two functions that settle it. Those are watched, and not its promise, because a
 * handler on that would hide a rejection that nobody handles. One command may be sent again after a reconnect.
 */
function watchIoredis(onCommand: OnCommand): (original: Method) => Method {
  const watched = new WeakMap<IoredisCommand, IoredisCommand['resolve']>();
  return (original) =>
    function sendCommand(this: unknown, ...args) {
      const command = args[0] as IoredisCommand;
      if (watched.get(command) !== command.resolve) watched.set(command, watchSettling(command, onCommand));
      return original.apply(this, args);
    };
}

function watchSettling(command: IoredisCommand, onCommand: OnCommand): IoredisCommand['resolve'] {
  const end = onCommand(command.name.toLowerCase());
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
  return command.resolve;
}

function isNodeRedis(client: object): boolean {
  return '_self' in client;
}

function nameOf(args: unknown): string {
  return Array.isArray(args) ? String(args[0]).toLowerCase() : '';
}
