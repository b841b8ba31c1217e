/** The service's own view of its database: pools and queries. */
import { storageSeconds } from './buckets.ts';
import { pool, poolState, sqlOperation, sqlstateClass } from './labels.ts';
import type { MetricCatalog } from './metric.ts';

export const databaseCatalog = {
  queryDuration: {
    name: 'db_query_duration_seconds',
    kind: 'histogram',
    unit: 'seconds',
    help: 'Time of queries by kind of statement, from sending to the last row.',
    labels: { pool, operation: sqlOperation },
    exposedBy: 'database',
    otel: {
      name: 'db_client_operation_duration_seconds',
      labels: { pool: 'db_client_connection_pool_name', operation: 'db_operation_name' },
    },
    buckets: storageSeconds,
  },
  queryErrors: {
    name: 'db_query_errors_total',
    kind: 'counter',
    unit: 'items',
    help: 'Failed queries by class of SQLSTATE.',
    labels: { pool, operation: sqlOperation, code: sqlstateClass },
    exposedBy: 'database',
    otel: null,
  },
  slowQueries: {
    name: 'db_slow_queries_total',
    kind: 'counter',
    unit: 'items',
    help: 'Queries slower than the slow query threshold of the pool.',
    labels: { pool, operation: sqlOperation },
    exposedBy: 'database',
    otel: null,
  },
  poolConnections: {
    name: 'db_pool_connections',
    kind: 'gauge',
    unit: 'items',
    help: 'Connections of the pool that are used by a query or idle.',
    labels: { pool, state: poolState },
    exposedBy: 'database',
    otel: {
      name: 'db_client_connection_count',
      labels: { pool: 'db_client_connection_pool_name', state: 'db_client_connection_state' },
    },
    aggregation: 'sum',
  },
  poolMax: {
    name: 'db_pool_connections_max',
    kind: 'gauge',
    unit: 'items',
    help: 'The most connections that the pool may open.',
    labels: { pool },
    exposedBy: 'database',
    otel: { name: 'db_client_connection_max', labels: { pool: 'db_client_connection_pool_name' } },
    aggregation: 'sum',
  },
  poolWaiting: {
    name: 'db_pool_waiting_requests',
    kind: 'gauge',
    unit: 'items',
    help: 'Requests waiting for a connection of the pool.',
    labels: { pool },
    exposedBy: 'database',
    otel: { name: 'db_client_connection_pending_requests', labels: { pool: 'db_client_connection_pool_name' } },
    aggregation: 'sum',
  },
} as const satisfies MetricCatalog;
