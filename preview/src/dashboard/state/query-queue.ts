/** Who is asked next: a few panels at a time, those on screen first. */

export interface QueryTask {
  readonly signal: AbortSignal;
  /** Pixels from the screen; asked when there is a place. */
  readonly distance: () => number;
  /** Never rejects. */
  readonly run: () => Promise<void>;
}

export interface QueryQueue {
  readonly add: (task: QueryTask) => void;
  readonly isBusy: () => boolean;
}

/** @param limit panels at a time: a browser keeps six connections to one server, and a panel may ask several queries */
export function createQueryQueue(limit = 5): QueryQueue {
  let waiting: QueryTask[] = [];
  let running = 0;
  const startNext = (): void => {
    waiting = waiting.filter(({ signal }) => !signal.aborted);
    if (running === limit) return;
    const task = takeNearest();
    if (task === undefined) return;
    start(task);
    startNext();
  };
  const takeNearest = (): QueryTask | undefined => {
    const distances = waiting.map((task) => task.distance());
    return waiting.splice(distances.indexOf(Math.min(...distances)), 1)[0];
  };
  const start = (task: QueryTask): void => {
    running += 1;
    void task.run().finally(() => {
      running -= 1;
      startNext();
    });
  };
  return {
    add: (task) => {
      waiting.push(task);
      queueMicrotask(startNext);
    },
    isBusy: () => running + waiting.filter(({ signal }) => !signal.aborted).length > 0,
  };
}
