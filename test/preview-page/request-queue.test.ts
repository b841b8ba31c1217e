import { describe, expect, it, vi } from 'vitest';
import { requestQueue } from '../../preview/src/prometheus/request-queue.ts';

const signal = (): AbortSignal => new AbortController().signal;

/** A task that ends when it is told to. */
function heldTask(): { readonly run: () => Promise<string>; end(): void } {
  const ends: ((result: string) => void)[] = [];
  const run = vi.fn<() => Promise<string>>(() => new Promise((resolve) => void ends.push(resolve)));
  return { run, end: () => ends.forEach((end) => end('done')) };
}

describe('requestQueue()', () => {
  it('starts the next one when one ends, in the order they came', async () => {
    const [first, second, third] = [heldTask(), heldTask(), heldTask()];
    const inTurn = requestQueue(1);
    const all = Promise.all([first, second, third].map((task) => inTurn(task.run, signal())));
    await vi.waitFor(() => expect(first.run).toHaveBeenCalled());
    first.end();
    await vi.waitFor(() => expect(second.run).toHaveBeenCalled());
    expect(third.run).not.toHaveBeenCalled();
    second.end();
    await vi.waitFor(() => expect(third.run).toHaveBeenCalled());
    third.end();
    expect(await all).toEqual(['done', 'done', 'done']);
  });

  it('goes on after one that fails', async () => {
    const inTurn = requestQueue(1);
    await expect(inTurn(() => Promise.reject(new Error('no')), signal())).rejects.toThrow('no');
    expect(await inTurn(() => Promise.resolve('yes'), signal())).toBe('yes');
  });

  it('gives no place to one that was given up while it waited', async () => {
    const inTurn = requestQueue(1);
    const first = heldTask();
    const abort = new AbortController();
    const held = inTurn(first.run, signal());
    const task = vi.fn<() => Promise<string>>();
    const givenUp = inTurn(task, abort.signal);
    const last = inTurn(() => Promise.resolve('last'), signal());
    abort.abort(new Error('given up'));
    await expect(givenUp).rejects.toThrow('given up');
    first.end();
    expect(await Promise.all([held, last])).toEqual(['done', 'last']);
    expect(task).not.toHaveBeenCalled();
  });

  it('does not start what was given up before', async () => {
    const task = vi.fn<() => Promise<string>>();
    await expect(requestQueue(1)(task, AbortSignal.abort(new Error('given up')))).rejects.toThrow('given up');
    expect(task).not.toHaveBeenCalled();
  });
});
