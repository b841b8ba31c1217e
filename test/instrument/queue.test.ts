import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { observeQueue } from '../../src/instrument/jobs/queue.ts';
import { clients } from '../support/clients.ts';
import { scrape } from '../support/exposition.ts';

describe.each(clients)('observeQueue() on a registry of %s', (_, newRegistry) => {
  it('reads each queue once per scrape', async () => {
    const registry = newRegistry();
    let readings = 0;
    observeQueue(
      'emails',
      async () => {
        readings += 1;
        return { depth: readings, oldestAgeSeconds: readings * 10 };
      },
      { registry },
    );
    observeQueue('images', () => ({ depth: 7 }), { registry });
    expect(readings).toBe(0);
    const first = await scrape(registry);
    const second = await scrape(registry);
    expect(first.series('queue_depth')).toEqual({ emails: 1, images: 7 });
    expect(first.series('queue_oldest_age_seconds')).toEqual({ emails: 10 });
    expect(second.series('queue_depth')).toEqual({ emails: 2, images: 7 });
    expect(second.series('queue_oldest_age_seconds')).toEqual({ emails: 20 });
  });
});

describe('observeQueue()', () => {
  const failures: readonly (readonly [string, () => never])[] = [
    [
      'throws',
      () => {
        throw new Error('down');
      },
    ],
    ['rejects', () => Promise.reject(new Error('down')) as never],
    ['gives no number', () => ({ depth: '3' }) as never],
    ['gives nothing', () => undefined as never],
  ];

  it.each(failures)('leaves a queue out of the scrape, and counts it, when its reading %s', async (_, failing) => {
    const registry = new Registry();
    let fails = false;
    observeQueue('a', () => (fails ? failing() : { depth: 1, oldestAgeSeconds: 2 }), { registry, timeoutMillis: 20 });
    observeQueue('b', () => ({ depth: 5 }), { registry });
    await registry.metrics();
    fails = true;
    const { series, value } = await scrape(registry);
    expect(series('queue_depth')).toEqual({ b: 5 });
    expect(series('queue_oldest_age_seconds')).toEqual({});
    fails = false;
    const after = await scrape(registry);
    expect(after.series('queue_depth')).toEqual({ a: 1, b: 5 });
    expect(after.value('telltale_label_errors_total', { metric: 'queue_depth' })).toBe(1);
    expect(value('telltale_label_errors_total', { metric: 'queue_oldest_age_seconds' })).toBe(0);
  });

  it('begins no reading while one hangs, and goes on once that one ends', async () => {
    const registry = new Registry();
    const waiting: ((depth: number) => void)[] = [];
    const read = (): Promise<{ depth: number }> =>
      new Promise((resolve) => {
        waiting.push((depth) => resolve({ depth }));
      });
    observeQueue('slow', read, { registry, timeoutMillis: 20 });
    for (let i = 0; i < 3; i += 1) expect((await scrape(registry)).series('queue_depth')).toEqual({});
    expect(waiting.length).toBe(1);
    waiting[0]?.(1);
    await new Promise(setImmediate);
    const next = scrape(registry);
    await expect.poll(() => waiting.length, { timeout: 20_000 }).toBe(2);
    waiting[1]?.(2);
    const { series, value } = await next;
    expect([series('queue_depth'), value('telltale_label_errors_total', { metric: 'queue_depth' })]).toEqual([
      { slow: 2 },
      3,
    ]);
  });

  it('forgets a queue that is disposed of while it is read', async () => {
    const registry = new Registry();
    observeQueue('kept', () => ({ depth: 1 }), { registry });
    const queue = observeQueue(
      'gone',
      async () => {
        queue.dispose();
        return { depth: 2 };
      },
      { registry },
    );
    expect((await scrape(registry)).series('queue_depth')).toEqual({ kept: 1 });
  });

  it.each<[unknown, object, string]>([
    [undefined, {}, 'it needs a function that reads it'],
    [() => ({ depth: 1 }), { timeoutMillis: 0 }, 'option "timeoutMillis" must be a positive number of milliseconds'],
    [() => ({ depth: 1 }), { timeout: 1 }, 'option "timeout" does not exist'],
  ])('refuses %j with %j', (read, options, problem) => {
    const registry = new Registry();
    expect(() => observeQueue('emails', read as never, { registry, ...options })).toThrow(problem);
    expect(registry.getMetricsAsArray()).toEqual([]);
  });

  it('refuses a name that is observed already, until that one is disposed of', async () => {
    const registry = new Registry();
    const first = observeQueue('emails', () => ({ depth: 1 }), { registry });
    expect(() => observeQueue('emails', () => ({ depth: 2 }), { registry })).toThrow('is observed already');
    first.dispose();
    expect((await scrape(registry)).samples).toEqual([]);
    observeQueue('emails', () => ({ depth: 2 }), { registry });
    first.dispose();
    expect((await scrape(registry)).series('queue_depth')).toEqual({ emails: 2 });
  });
});
