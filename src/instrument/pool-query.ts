/** Watches the end of one pg query in each form it can be called in: callback, promise, or an object with `submit`. */
import { isThenable, watchPromise } from './runtime-promises.ts';
import type { Method } from './runtime-replace-method.ts';

/** Called once per query; the error is undefined for a query that succeeded. */
export type OnSettled = (error: unknown) => void;

type Callback = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Calls the original `query` with the same arguments, this and outcome, and reports how it ended. Of a promise it
 * returns a promise of the same class that settles alike, so that a rejection nobody handles stays unhandled.
 */
export function watchQuery(original: Method, client: unknown, args: readonly unknown[], onSettled: OnSettled): unknown {
  const settle = once(onSettled);
  try {
    const [config] = args;
    if (isSubmittable(config)) return submitWatched(original, client, args, settle);
    const result = original.apply(client, withWatchedCallback(args, settle));
    return watchResult(result, settle);
  } catch (error) {
    settle(error);
    throw error;
  }
}

/** The statement of a query: its text, or null where it has only a name. */
export function statementOf(config: unknown): unknown {
  return typeof config === 'object' && config !== null ? (config as { readonly text?: unknown }).text : config;
}

/** The arguments with their callback, if there is one, watched. pg takes it as the last argument or in the config. */
export function withWatchedCallback(args: readonly unknown[], settle: OnSettled): unknown[] {
  const watched = [...args];
  const index = args.findIndex((argument) => typeof argument === 'function');
  const inConfig = callbackIn(args[0]);
  if (index !== -1) watched[index] = watchCallback(args[index] as Callback, settle);
  else if (inConfig !== null) watched[2] = watchCallback(inConfig, settle);
  return watched;
}

/** The result, or where it is a promise, one that settles alike. */
export function watchResult(result: unknown, settle: OnSettled): unknown {
  if (!isThenable(result)) return result;
  return watchPromise(result, { fulfilled: () => settle(undefined), rejected: settle });
}

function watchCallback(callback: Callback, settle: OnSettled): Callback {
  return function watched(this: unknown, ...args) {
    settle(args[0] ?? undefined);
    return callback.apply(this, args);
  };
}

function callbackIn(config: unknown): Callback | null {
  const callback = (config as { readonly callback?: unknown } | null | undefined)?.callback;
  return typeof callback === 'function' ? (callback as Callback) : null;
}

interface Submittable {
  readonly submit: unknown;
}

function isSubmittable(config: unknown): config is Submittable {
  return typeof (config as { readonly submit?: unknown } | null | undefined)?.submit === 'function';
}

/** pg calls these two on whatever was submitted (Query, Cursor, QueryStream), one or the other at the end. */
function submitWatched(original: Method, client: unknown, args: readonly unknown[], settle: OnSettled): unknown {
  const query = args[0] as Record<string, unknown>;
  tap(query, 'handleReadyForQuery', () => settle(undefined));
  tap(query, 'handleError', (error) => settle(error));
  return original.apply(client, [...args]);
}

/** Runs `before` ahead of a method of one object. */
function tap(target: Record<string, unknown>, name: string, before: (argument: unknown) => void): void {
  const method = target[name];
  if (typeof method !== 'function' || !Object.isExtensible(target)) return;
  const tapped: Method = function tapped(this: unknown, ...args) {
    before(args[0]);
    return (method as Method).apply(this, args);
  };
  Object.defineProperty(target, name, { value: tapped, configurable: true, writable: true, enumerable: false });
}

function once(onSettled: OnSettled): OnSettled {
  let settled = false;
  return (error) => {
    if (settled) return;
    settled = true;
    onSettled(error);
  };
}
