import { LRUCache } from 'lru-cache';
import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { instrumentCache } from '../../src/instrument/cache/cache.ts';
import { clients } from '../support/clients.ts';
import { scrape } from '../support/exposition.ts';

/** A cache across a network. */
class AsyncCache {
  readonly #values = new Map<string, unknown>();
  readonly failure = new Error('connection lost');
  isDown = false;

  async get(key: string): Promise<unknown> {
    if (this.isDown) throw this.failure;
    return this.#values.get(key);
  }

  async set(key: string, value: unknown): Promise<void> {
    this.#values.set(key, value);
  }
}

/** Cannot tell of undefined. */
function isMiss(value: unknown): boolean {
  if (value === undefined) throw new Error('cannot say');
  return value === 'absent';
}

describe.each(clients)('instrumentCache() on a registry of %s', (_, newRegistry) => {
  it('counts hits and misses of an lru-cache and times its operations', async () => {
    const registry = newRegistry();
    const cache = new LRUCache<string, number>({ max: 10 });
    instrumentCache(cache, { name: 'products', registry });
    cache.set('a', 1);
    const got = [cache.get('a'), cache.get('a'), cache.get('b'), cache.delete('a')];
    const { series } = await scrape(registry);
    expect(got).toEqual([1, 1, undefined, true]);
    expect(series('cache_requests_total')).toEqual({
      'products hit': 2,
      'products miss': 1,
      'products error': 0,
    });
    expect(series('cache_operation_duration_seconds_count')).toEqual({
      'products get': 3,
      'products set': 1,
      'products delete': 1,
    });
  });
});

describe('instrumentCache()', () => {
  it('exposes 0 for each result from the start', async () => {
    const registry = new Registry();
    instrumentCache(new Map(), { name: 'm', registry });
    expect((await scrape(registry)).series('cache_requests_total')).toEqual({ 'm hit': 0, 'm miss': 0, 'm error': 0 });
  });

  it('sees the outcome of an asynchronous cache and passes its error on as it is', async () => {
    const registry = new Registry();
    const cache = new AsyncCache();
    instrumentCache(cache, { name: 'remote', registry });
    await cache.set('a', null);
    await cache.set('b', 0);
    expect([await cache.get('a'), await cache.get('b'), await cache.get('c')]).toEqual([null, 0, undefined]);
    cache.isDown = true;
    await expect(cache.get('a')).rejects.toBe(cache.failure);
    expect((await scrape(registry)).series('cache_requests_total')).toEqual({
      'remote hit': 1,
      'remote miss': 2,
      'remote error': 1,
    });
  });

  it('passes on what a synchronous cache throws, counted as an error', async () => {
    const registry = new Registry();
    const failure = new Error('corrupt');
    const cache = {
      get: (): never => {
        throw failure;
      },
    };
    instrumentCache(cache, { name: 'disk', registry });
    expect(() => cache.get()).toThrow(failure);
    expect((await scrape(registry)).value('cache_requests_total', { cache: 'disk', result: 'error' })).toBe(1);
  });

  it('asks isMiss, and survives one that throws', async () => {
    const registry = new Registry();
    const cache = new Map<string, unknown>([['a', 'absent']]);
    instrumentCache(cache, { name: 'm', registry, isMiss });
    expect([cache.get('a'), cache.get('b')]).toEqual(['absent', undefined]);
    const { series, value } = await scrape(registry);
    expect(series('cache_requests_total')).toEqual({ 'm hit': 0, 'm miss': 1, 'm error': 0 });
    expect(value('telltale_label_errors_total', { metric: 'cache_requests_total' })).toBe(1);
  });

  it('instruments a cache once, and gives it back as it was', async () => {
    const registry = new Registry();
    const cache = new LRUCache<string, number>({ max: 10 });
    const [first, second] = [1, 2].map(() => instrumentCache(cache, { name: 'c', registry }));
    cache.get('a');
    expect((await scrape(registry)).value('cache_requests_total', { cache: 'c', result: 'miss' })).toBe(1);
    second?.dispose();
    first?.dispose();
    expect(
      Object.getOwnPropertyNames(cache).filter((name) => ['get', 'set', 'delete', 'clear'].includes(name)),
    ).toEqual([]);
    expect(cache.get('a')).toBeUndefined();
    expect((await scrape(registry)).samples).toEqual([]);
  });

  it('leaves in place what somebody else put over it, and stops recording', async () => {
    const registry = new Registry();
    const cache = new Map<string, number>([['a', 1]]);
    instrumentCache(cache, { name: 'keeps the metrics', registry });
    const other = new Map<string, number>([['a', 1]]);
    const instrumented = instrumentCache(other, { name: 'c', registry });
    const ours = other.get.bind(other);
    const theirs = (key: string): number | undefined => ours(key);
    other.get = theirs;
    instrumented.dispose();
    expect(Object.getOwnPropertyDescriptor(other, 'get')?.value).toBe(theirs);
    expect(other.get('a')).toBe(1);
    expect((await scrape(registry)).value('cache_requests_total', { cache: 'c', result: 'hit' })).toBe(0);
  });

  it('passes on every argument, and a result that is no promise as it is', () => {
    const cache = new LRUCache<string, number>({ max: 10, ttl: 60_000 });
    instrumentCache(cache, { name: 'c', registry: new Registry() });
    const status: LRUCache.Status<string, number> = {};
    cache.set('a', 1, { ttl: 5, start: performance.now() - 10 });
    expect(cache.get('a', { allowStale: true, status })).toBe(1);
    expect(status).toMatchObject({ get: 'stale', returnedStale: true });
  });

  it('leaves no timer, handle or property behind, also where a call is under way', async () => {
    const registry = new Registry();
    const cache = new AsyncCache();
    const before = [Reflect.ownKeys(cache), process.getActiveResourcesInfo()];
    const instrumented = instrumentCache(cache, { name: 'remote', registry });
    const underWay = cache.get('a');
    instrumented.dispose();
    expect([Reflect.ownKeys(cache), process.getActiveResourcesInfo()]).toEqual(before);
    expect(await underWay).toBeUndefined();
    expect((await scrape(registry)).samples).toEqual([]);
  });

  it('refuses what is no cache, no name, and options that it does not know', () => {
    expect(() => instrumentCache({}, { name: 'x' })).toThrow('it has no method "get"');
    expect(() => instrumentCache(new Map(), {} as never)).toThrow('without a name');
    expect(() => instrumentCache(new Map(), { name: '', isMiss: 1, miss: 2 } as never)).toThrow(
      'Cannot use instrumentCache(): option "name" must be a text that is not empty, got ""; ' +
        'option "isMiss" must be a function, got 1; option "miss" does not exist',
    );
  });
});
