/** Lets only so many requests be under way at once; the rest wait in the order they came. */

/** Rejects with the signal's reason when it is aborted before the turn came: the task is then never started. */
export type RunInTurn = <T>(task: () => Promise<T>, signal: AbortSignal) => Promise<T>;

export function requestQueue(limit: number): RunInTurn {
  const waiting: (() => void)[] = [];
  let running = 0;

  const turn = async (signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted();
    if (running < limit) {
      running += 1;
      return;
    }
    // Whoever ends hands its place over, so `running` stays as it is.
    await new Promise<void>((resolve, reject) => {
      const giveUp = (): void => {
        waiting.splice(waiting.indexOf(start), 1);
        reject(signal.reason as Error);
      };
      const start = (): void => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      waiting.push(start);
      signal.addEventListener('abort', giveUp, { once: true });
    });
  };

  const done = (): void => {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  };

  return async (task, signal) => {
    await turn(signal);
    try {
      return await task();
    } finally {
      done();
    }
  };
}
