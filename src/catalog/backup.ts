/** Backups, recorded by the jobs that make them. */
import { backup } from './labels.ts';
import type { MetricCatalog } from './metric.ts';

const backupGauge = { kind: 'gauge', labels: { backup }, exposedBy: 'backup', otel: null, aggregation: 'max' } as const;

export const backupCatalog = {
  lastSuccess: {
    ...backupGauge,
    name: 'backup_last_success_timestamp_seconds',
    unit: 'timestamp',
    help: 'When the backup last succeeded.',
  },
  lastRunStatus: {
    ...backupGauge,
    name: 'backup_last_run_status',
    unit: 'state',
    help: '1 if the last run of the backup succeeded, 0 if it failed; absent while one is under way, or was killed.',
    aggregation: 'min',
  },
  duration: {
    ...backupGauge,
    name: 'backup_duration_seconds',
    unit: 'seconds',
    help: 'Time of the last run of the backup.',
  },
  size: {
    ...backupGauge,
    name: 'backup_size_bytes',
    unit: 'bytes',
    help: 'Size of the last successful backup.',
  },
  restoreTest: {
    ...backupGauge,
    name: 'backup_restore_test_timestamp_seconds',
    unit: 'timestamp',
    help: 'When a restore of the backup was last tested with success.',
  },
} as const satisfies MetricCatalog;
