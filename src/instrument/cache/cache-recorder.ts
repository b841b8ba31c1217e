/** The cache metrics of one registry. */
import { cacheCatalog } from '../../catalog/cache.ts';
import type { cacheOperation, cacheResult } from '../../catalog/labels.ts';
import type { Observations, Tally } from '../metrics/counted-series.ts';
import type { RecorderOptions } from '../metrics/from-catalog.ts';
import type { RawLabels } from '../metrics/label-bounds.ts';
import type { BoundedMetrics } from '../metrics/bounded-metrics.ts';
import { acquireShared, type Shared } from '../metrics/shared-parts.ts';

export type CacheResult = (typeof cacheResult)['values'][number];
export type CacheOperation = (typeof cacheOperation)['values'][number];

export interface CacheRecorder {
  /** The series of one cache; its counts exist from now on, at 0. */
  cache(name: string): CacheSeries;
}

interface CacheMetrics {
  readonly requests: (labels: RawLabels) => Tally;
  readonly durations: (labels: RawLabels) => Observations;
  readonly failed: () => void;
}

/** Reads by how they ended, and times. Records into numbers: a read of a cache in memory takes less than a lookup of labels. */
export class CacheSeries {
  readonly #name: string;
  readonly #metrics: CacheMetrics;
  readonly #reads: Readonly<Record<CacheResult, Tally>>;
  readonly #durations: Partial<Record<CacheOperation, Observations>> = {};

  constructor(name: string, metrics: CacheMetrics) {
    const reads = (result: CacheResult): Tally => metrics.requests({ cache: name, result });
    this.#name = name;
    this.#metrics = metrics;
    this.#reads = { hit: reads('hit'), miss: reads('miss'), error: reads('error') };
  }

  /** @param count One call of a command that reads many keys is many reads. */
  read(result: CacheResult, count = 1): void {
    this.#reads[result].add(count);
  }

  took(operation: CacheOperation, seconds: number): void {
    (this.#durations[operation] ??= this.#metrics.durations({ cache: this.#name, operation })).observe(seconds);
  }

  /** Counts a callback of the user's that failed. */
  failed(): void {
    this.#metrics.failed();
  }
}

export function acquireCacheRecorder(options: RecorderOptions): Shared<CacheRecorder> {
  return acquireShared(options, 'cache', createRecorder);
}

function createRecorder(metrics: BoundedMetrics): CacheRecorder {
  const all: CacheMetrics = {
    requests: metrics.countedCounter(cacheCatalog.requests),
    durations: metrics.countedHistogram(cacheCatalog.operationDuration),
    failed: () => metrics.failed(cacheCatalog.requests),
  };
  return { cache: (name) => new CacheSeries(name, all) };
}
