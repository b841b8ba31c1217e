import { describe, expect, it, vi } from 'vitest';
import { createQueryQueue, type QueryTask } from '../../preview/src/dashboard/state/query-queue.ts';

interface Held extends QueryTask {
  readonly end: () => void;
  readonly abort: () => void;
}

function task(name: string, distance: number, started: string[]): Held {
  const abort = new AbortController();
  const ends: (() => void)[] = [];
  const ended = new Promise<void>((resolve) => void ends.push(resolve));
  return {
    signal: abort.signal,
    distance: () => distance,
    run: () => {
      started.push(name);
      return ended;
    },
    end: () => ends.forEach((end) => end()),
    abort: () => abort.abort(),
  };
}

describe('createQueryQueue()', () => {
  it('starts what is on screen before what is below it', async () => {
    const started: string[] = [];
    const queue = createQueryQueue(1);
    const [below, shown] = [task('below', 500, started), task('shown', 0, started)];
    queue.add(below);
    queue.add(shown);
    await vi.waitFor(() => expect(started).toEqual(['shown']));
    shown.end();
    await vi.waitFor(() => expect(started).toEqual(['shown', 'below']));
  });

  it('never starts what was aborted while it waited', async () => {
    const started: string[] = [];
    const queue = createQueryQueue(1);
    const tasks = [task('first', 0, started), task('aborted', 1, started), task('last', 2, started)];
    tasks.forEach(queue.add);
    await vi.waitFor(() => expect(started).toEqual(['first']));
    tasks[1]?.abort();
    tasks[0]?.end();
    await vi.waitFor(() => expect(started).toEqual(['first', 'last']));
  });

  it('is busy until all is answered', async () => {
    const queue = createQueryQueue(2);
    const only = task('only', 0, []);
    expect(queue.isBusy()).toBe(false);
    queue.add(only);
    expect(queue.isBusy()).toBe(true);
    only.end();
    await vi.waitFor(() => expect(queue.isBusy()).toBe(false));
  });
});
