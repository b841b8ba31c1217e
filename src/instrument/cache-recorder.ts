/** The cache metrics of one registry. */
import { cacheCatalog } from '../catalog/cache.ts';
import { type cacheOperation, cacheResult } from '../catalog/labels.ts';
import type { RecorderOptions } from './from-catalog.ts';
import type { BoundedMetrics } from './runtime-bounded.ts';
import { acquireShared, type Shared } from './runtime-shared.ts';

export type CacheResult = (typeof cacheResult)['values'][number];
export type CacheOperation = (typeof cacheOperation)['values'][number];

export interface CacheRecorder {
  /** Makes the counts of a cache exist, at 0. */
  declare(cache: string): void;
  /** Reads, by how they ended; one call of a command that reads many keys is many reads. */
  read(cache: string, result: CacheResult, count?: number): void;
  took(cache: string, operation: CacheOperation, seconds: number): void;
  /** Counts a callback of the user's that failed. */
  failed(): void;
}

export function acquireCacheRecorder(options: RecorderOptions): Shared<CacheRecorder> {
  return acquireShared(options, 'cache', createRecorder);
}

function createRecorder(metrics: BoundedMetrics): CacheRecorder {
  const requests = metrics.counter(cacheCatalog.requests);
  const duration = metrics.histogram(cacheCatalog.operationDuration);
  return {
    declare: (cache) => {
      for (const result of cacheResult.values) requests.inc({ cache, result }, 0);
    },
    read: (cache, result, count = 1) => requests.inc({ cache, result }, count),
    took: (cache, operation, seconds) => duration.observe({ cache, operation }, seconds),
    failed: () => metrics.failed(cacheCatalog.requests),
  };
}
