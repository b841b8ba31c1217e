/** PostgreSQL, through postgres_exporter (>= 0.15). */
import { database, lockMode, pgServer, pgState, queryId, role } from './labels.ts';
import type { MetricCatalog } from './metric.ts';

const from = { exposedBy: 'postgres-exporter', otel: null, versions: '>=0.15' } as const;
const perDatabase = { ...from, kind: 'counter', unit: 'items', labels: { datname: database } } as const;
const setting = { ...from, kind: 'gauge', unit: 'items', labels: { server: pgServer } } as const;
const statement = { ...from, kind: 'counter', labels: { datname: database, user: role, queryid: queryId } } as const;

export const postgresExporterCatalog = {
  up: {
    ...from,
    name: 'pg_up',
    kind: 'gauge',
    unit: 'state',
    help: '1 if the exporter could reach PostgreSQL.',
    labels: {},
  },
  activity: {
    ...from,
    name: 'pg_stat_activity_count',
    kind: 'gauge',
    unit: 'items',
    help: 'Connections of the server by database and state.',
    labels: { datname: database, state: pgState },
  },
  longestTransaction: {
    ...from,
    name: 'pg_stat_activity_max_tx_duration',
    kind: 'gauge',
    unit: 'seconds',
    help: 'Age of the oldest open transaction.',
    labels: { datname: database, state: pgState },
  },
  maxConnections: {
    ...setting,
    name: 'pg_settings_max_connections',
    help: 'The most connections that the server accepts.',
  },
  reservedConnections: {
    ...setting,
    name: 'pg_settings_superuser_reserved_connections',
    help: 'Connections of those that are kept for superusers.',
  },
  commits: { ...perDatabase, name: 'pg_stat_database_xact_commit', help: 'Transactions committed.' },
  rollbacks: { ...perDatabase, name: 'pg_stat_database_xact_rollback', help: 'Transactions rolled back.' },
  blocksHit: { ...perDatabase, name: 'pg_stat_database_blks_hit', help: 'Blocks found in the buffer cache.' },
  blocksRead: {
    ...perDatabase,
    name: 'pg_stat_database_blks_read',
    help: 'Blocks read from outside the buffer cache.',
  },
  deadlocks: { ...perDatabase, name: 'pg_stat_database_deadlocks', help: 'Deadlocks that the server broke.' },
  locks: {
    ...from,
    name: 'pg_locks_count',
    kind: 'gauge',
    unit: 'items',
    help: 'Locks held, by mode.',
    labels: { datname: database, mode: lockMode },
  },
  replicationLag: {
    ...from,
    name: 'pg_replication_lag_seconds',
    kind: 'gauge',
    unit: 'seconds',
    help: 'How far a replica is behind its primary; 0 on a primary.',
    labels: {},
  },
  databaseSize: {
    ...from,
    name: 'pg_database_size_bytes',
    kind: 'gauge',
    unit: 'bytes',
    help: 'Size of the database on disk.',
    labels: { datname: database },
  },
  statementCalls: {
    ...statement,
    name: 'pg_stat_statements_calls_total',
    unit: 'items',
    help: 'Runs of a statement (extension pg_stat_statements).',
  },
  statementSeconds: {
    ...statement,
    name: 'pg_stat_statements_seconds_total',
    unit: 'seconds',
    help: 'Time spent in a statement (extension pg_stat_statements).',
  },
} as const satisfies MetricCatalog;
