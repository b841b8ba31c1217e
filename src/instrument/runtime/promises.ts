/** Watching somebody else's promise without changing how it ends. */

export interface Watcher {
  fulfilled(value: unknown): void;
  rejected(error: unknown): void;
}

export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { readonly then?: unknown } | null | undefined)?.then === 'function';
}

/**
 * A promise of the same class that settles alike, to be handed on in the place of the one it watches. Watching the
 * original and handing that on would mark it as handled, and a rejection that nobody handles would go unnoticed.
 */
export function watchPromise(promise: PromiseLike<unknown>, watcher: Watcher): PromiseLike<unknown> {
  return promise.then(
    (value) => {
      watcher.fulfilled(value);
      return value;
    },
    (error: unknown) => {
      watcher.rejected(error);
      throw error;
    },
  );
}

/** Calls `run`; whether it returns, throws or gives a promise, the watcher is told once and the outcome handed on. */
export function watchOutcome(run: () => unknown, watcher: Watcher): unknown {
  let result: unknown;
  try {
    result = run();
  } catch (error) {
    watcher.rejected(error);
    throw error;
  }
  if (isThenable(result)) return watchPromise(result, watcher);
  watcher.fulfilled(result);
  return result;
}
