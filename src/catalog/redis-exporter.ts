/** Redis, through redis_exporter (>= 1.50). */
import type { MetricCatalog } from './metric.ts';

const from = { exposedBy: 'redis-exporter', otel: null, versions: '>=1.50', labels: {} } as const;

export const redisExporterCatalog = {
  up: { ...from, name: 'redis_up', kind: 'gauge', unit: 'state', help: '1 if the exporter could reach Redis.' },
  hits: {
    ...from,
    name: 'redis_keyspace_hits_total',
    kind: 'counter',
    unit: 'items',
    help: 'Reads of keys that existed.',
  },
  misses: {
    ...from,
    name: 'redis_keyspace_misses_total',
    kind: 'counter',
    unit: 'items',
    help: 'Reads of keys that did not exist.',
  },
  evictions: {
    ...from,
    name: 'redis_evicted_keys_total',
    kind: 'counter',
    unit: 'items',
    help: 'Keys removed because memory ran out.',
  },
  memoryUsed: {
    ...from,
    name: 'redis_memory_used_bytes',
    kind: 'gauge',
    unit: 'bytes',
    help: 'Memory that Redis uses.',
  },
  memoryMax: {
    ...from,
    name: 'redis_memory_max_bytes',
    kind: 'gauge',
    unit: 'bytes',
    help: 'The limit on memory; 0 without one.',
  },
  clients: { ...from, name: 'redis_connected_clients', kind: 'gauge', unit: 'items', help: 'Clients connected.' },
} as const satisfies MetricCatalog;
