/** Caches of the application, in process or in Redis. */
import { storageSeconds } from './buckets.ts';
import { cacheName, cacheOperation, cacheResult } from './labels.ts';
import type { MetricCatalog } from './metric.ts';

export const cacheCatalog = {
  requests: {
    name: 'cache_requests_total',
    kind: 'counter',
    unit: 'items',
    help: 'Reads of the cache by result.',
    labels: { cache: cacheName, result: cacheResult },
    exposedBy: 'cache',
    otel: null,
  },
  operationDuration: {
    name: 'cache_operation_duration_seconds',
    kind: 'histogram',
    unit: 'seconds',
    help: 'Time of cache operations.',
    labels: { cache: cacheName, operation: cacheOperation },
    exposedBy: 'cache',
    otel: null,
    buckets: storageSeconds,
  },
} as const satisfies MetricCatalog;
