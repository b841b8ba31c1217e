/** A cache in the memory of the process: one per instance, gone at its end. */
import { instrumentCache } from 'telltale';
import { LRUCache } from 'lru-cache';
import type { Registry } from 'prom-client';
import type { CacheStore } from './content-cache.ts';

export function memoryStore(registry: Registry): CacheStore {
  const cache = new LRUCache<string, string>({ max: 10_000, ttl: 30_000 });
  instrumentCache(cache, { name: 'content', registry });
  return {
    get: async (key) => cache.get(key),
    set: async (key, value) => void cache.set(key, value),
    delete: async (key) => void cache.delete(key),
    check: undefined,
    close: async () => cache.clear(),
  };
}
