/** Watches the end of one pg query in each form it can be called in: callback, promise, or an object with `submit`. */
import { performance } from 'node:perf_hooks';
import { isThenable, watchPromise } from '../runtime/promises.ts';
import type { Method } from '../metrics/replace-method.ts';

/** What is told how a query ended; only the first telling counts. */
export interface QueryEnd {
  /** @param error undefined for a query that succeeded. @param endMillis When, by `performance.now()`. @default now */
  settle(error: unknown, endMillis?: number): void;
}

type Callback = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Calls the original `query` with the same arguments, this and outcome, and reports how it ended. Of a promise it
 * returns a promise of the same class that settles alike, so that a rejection nobody handles stays unhandled.
 */
export function watchQuery(original: Method, client: unknown, args: unknown[], end: QueryEnd): unknown {
  try {
    if (isSubmittable(args[0])) {
      watchHandlersOf(args[0], end);
      return original.apply(client, args);
    }
    watchCallbackOf(args, end);
    return watchResult(original.apply(client, args), end);
  } catch (error) {
    end.settle(error);
    throw error;
  }
}

interface Statement {
  readonly text?: unknown;
  /** Of pg-query-stream, which keeps its statement there. */
  readonly cursor?: { readonly text?: unknown };
}

/** The statement of a query: its text, or undefined where it has only a name or cannot be read. Never throws. */
export function statementOf(config: unknown): unknown {
  if (typeof config !== 'object' || config === null) return config;
  try {
    const { text, cursor } = config as Statement;
    return text ?? cursor?.text;
  } catch {
    return undefined;
  }
}

/**
 * Puts a watched callback in the place of the one among these arguments, which are the caller's own list; pg takes it as
 * the last argument or in the config.
 */
export function watchCallbackOf(args: unknown[], end: QueryEnd): void {
  // The last: where there are two, pg calls that one.
  const index = args.findLastIndex((argument) => typeof argument === 'function');
  if (index !== -1) {
    args[index] = watchCallback(args[index] as Callback, end);
    return;
  }
  const inConfig = (args[0] as { readonly callback?: unknown } | null | undefined)?.callback;
  if (typeof inConfig !== 'function') return;
  args[0] = withCallback(args[0] as object, watchCallback(inConfig as Callback, end));
}

/** The result, or where it is a promise, one that settles alike. */
export function watchResult(result: unknown, end: QueryEnd): unknown {
  if (!isThenable(result)) return result;
  return watchPromise(result, { fulfilled: () => end.settle(undefined), rejected: (error) => end.settle(error) });
}

/** Over the config, which is left as it is: it may be frozen, and may be used again. */
function withCallback(config: object, callback: Callback): object {
  return Object.create(config, {
    callback: { value: callback, configurable: true, enumerable: true, writable: true },
  }) as object;
}

function watchCallback(callback: Callback, end: QueryEnd): Callback {
  return function watched(this: unknown, ...args) {
    end.settle(args[0] ?? undefined);
    return callback.apply(this, args);
  };
}

function isSubmittable(config: unknown): config is Record<string, unknown> {
  return typeof (config as { readonly submit?: unknown } | null | undefined)?.submit === 'function';
}

/**
 * pg calls one or the other on whatever was submitted (Query, Cursor, QueryStream), at its end. A row that could not be
 * parsed makes a Query call `handleError` from within `handleReadyForQuery`: success is settled after it, as of before.
 */
function watchHandlersOf(query: Record<string, unknown>, end: QueryEnd): void {
  replaceHandler(query, 'handleError', (handle) => {
    return function handleError(this: unknown, ...rest) {
      end.settle(rest[0] ?? undefined);
      return handle.apply(this, rest);
    };
  });
  replaceHandler(query, 'handleReadyForQuery', (handle) => {
    return function handleReadyForQuery(this: unknown, ...rest) {
      const endMillis = performance.now();
      try {
        return handle.apply(this, rest);
      } finally {
        end.settle(undefined, endMillis);
      }
    };
  });
}

function replaceHandler(query: Record<string, unknown>, name: string, wrap: (original: Method) => Method): void {
  const handler = query[name];
  if (typeof handler !== 'function') return;
  const value = wrap(handler as Method);
  // Where an object does not let itself be watched, its query goes on unseen.
  Reflect.defineProperty(query, name, { value, configurable: true, writable: true, enumerable: false });
}
