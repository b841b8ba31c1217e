import { Counter, type Registry as PromClientRegistry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { instrumentCache } from '../../src/instrument/cache/cache.ts';
import type { Registry } from '../../src/instrument/metrics/client.ts';
import { clients } from '../support/clients.ts';
import { scrape } from '../support/exposition.ts';

const reads = async (registry: Registry): Promise<Record<string, number>> =>
  (await scrape(registry)).series('cache_requests_total');

describe.each(clients)('counted series on a registry of %s', (_, newRegistry) => {
  it('go on from 0 after resetMetrics()', async () => {
    const registry = newRegistry();
    const cache = new Map([['a', 1]]);
    instrumentCache(cache, { name: 'm', registry });
    cache.get('a');
    cache.get('b');
    (registry as Registry & { resetMetrics(): void }).resetMetrics();
    cache.get('a');
    expect(await reads(registry)).toEqual({ 'm hit': 1, 'm miss': 0, 'm error': 0 });
    expect((await scrape(registry)).series('cache_operation_duration_seconds_count')).toEqual({ 'm get': 1 });
  });

  it('give each reader of JSON labels of its own', async () => {
    const registry = newRegistry();
    instrumentCache(new Map(), { name: 'm', registry });
    const read = async (): Promise<object[]> =>
      ((await registry.getMetricsAsJSON()) as { name: string; values: { labels: object }[] }[])
        .filter(({ name }) => name === 'cache_requests_total')
        .flatMap(({ values }) => values.map(({ labels }) => labels));
    for (const labels of await read()) Object.assign(labels, { cache: 'changed' });
    expect(await read()).toEqual(['hit', 'miss', 'error'].map((result) => ({ cache: 'm', result })));
  });

  it('are one where two namings call a metric the same', async () => {
    const registry = newRegistry();
    const [one, other] = [new Map([['a', 1]]), new Map([['a', 1]])];
    instrumentCache(one, { name: 'm', registry });
    instrumentCache(other, { name: 'm', registry, naming: 'otel' });
    one.get('a');
    other.get('a');
    const { samples } = await scrape(registry);
    const hits = samples.filter(({ name, labels }) => name === 'cache_requests_total' && labels['result'] === 'hit');
    expect(hits.map(({ value }) => value)).toEqual([2]);
  });

  it('past the cap of a label are one, `overflow`', async () => {
    const registry = newRegistry();
    for (let index = 0; index < 53; index += 1) {
      const cache = new Map();
      instrumentCache(cache, { name: `cache-${index}`, registry });
      cache.get('a');
    }
    const { value, samples } = await scrape(registry);
    const misses = samples.filter(({ name, labels }) => name === 'cache_requests_total' && labels['result'] === 'miss');
    expect(misses.length).toBe(51);
    expect(value('cache_requests_total', { cache: 'overflow', result: 'miss' })).toBe(3);
  });

  it('are named as counters are in OpenMetrics', async () => {
    const registry = newRegistry();
    (registry as Registry & { setContentType(type: string): void }).setContentType(
      'application/openmetrics-text; version=1.0.0; charset=utf-8',
    );
    const cache = new Map([['a', 1]]);
    instrumentCache(cache, { name: 'm', registry });
    cache.get('a');
    await registry.metrics();
    const text = await registry.metrics();
    expect(text.split('\n').filter((line) => /^(# \w+ )?cache_requests/.test(line))).toEqual([
      '# HELP cache_requests Reads of the cache by result.',
      '# TYPE cache_requests counter',
      'cache_requests_total{cache="m",result="hit"} 1',
      'cache_requests_total{cache="m",result="miss"} 0',
      'cache_requests_total{cache="m",result="error"} 0',
    ]);
  });

  it('refuse a name that another metric has', () => {
    const registry = newRegistry();
    const theirs = new Counter({
      name: 'cache_requests_total',
      help: 'theirs',
      labelNames: ['cache', 'result'],
      registers: [registry as PromClientRegistry],
    });
    theirs.inc({ cache: 'm', result: 'hit' });
    expect(() => instrumentCache(new Map(), { name: 'm', registry })).toThrow('"cache_requests_total"');
  });
});
