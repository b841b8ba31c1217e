/** Content that is read far more often than it changes. Without its store, the classroom is slower and nothing else. */
import type { HealthCheck } from 'telltale';
import { logError } from '../../service/log.ts';
import type { Seam } from '../../service/seam.ts';

/** Where the cache keeps its texts: in this process or in Redis. */
export interface CacheStore {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string): Promise<void>;
  delete(key: string): Promise<void>;
  /** Whether it works; undefined for one that cannot fail. */
  readonly check: HealthCheck | undefined;
  close(): Promise<void>;
}

export interface ContentCache {
  /** The content under the key, from the store or else loaded and stored. */
  fetch<T>(key: string, load: () => Promise<T>): Promise<T>;
  /** Forgets what has changed. */
  forget(key: string): Promise<void>;
}

export function createContentCache(store: CacheStore, beforeRead: Seam<[string]>): ContentCache {
  return {
    fetch: async <T>(key: string, load: () => Promise<T>) => {
      await beforeRead.run(key);
      const kept = await store.get(key).catch(orNothing);
      if (kept !== undefined) return JSON.parse(kept) as T;
      const loaded = await load();
      await store.set(key, JSON.stringify(loaded)).catch(orNothing);
      return loaded;
    },
    forget: async (key) => {
      await store.delete(key).catch(orNothing);
    },
  };
}

function orNothing(error: unknown): undefined {
  logError('the cache does not work', error);
}
