/** Health checks and backups. */
import { backupCatalog } from '../../catalog/backup.ts';
import { healthCatalog } from '../../catalog/health.ts';
import { rateInterval } from '../../objectives/duration.ts';
import { type Expression, promql } from '../../promql/expression.ts';
import { maxBy, minBy, overTime, quantile } from '../../promql/functions.ts';
import { gauge } from '../../promql/selector.ts';
import type { Model } from '../../model/model.ts';
import type { Row, TablePanel } from '../panel.ts';
import { serviceColumns } from './columns.ts';
import { perService, secondsSince } from './expressions.ts';
import { table } from './shapes.ts';
import { oneIsGood, passedOrFailed, risesInto } from './thresholds.ts';

const perCheck = [...perService, 'check'] as const;
const perBackup = [...perService, 'backup'] as const;
const secondsPerHour = 3_600;

/** Seconds since each backup last succeeded. */
export const backupAge: Expression<(typeof perBackup)[number]> = secondsSince(
  maxBy(perBackup, gauge(backupCatalog.lastSuccess)),
);

/** The age in seconds from which a backup is stale. */
export function staleSeconds({ knobs }: Model): number {
  return knobs.BackupStale.maxAgeHours * secondsPerHour;
}

export function safetyRow(model: Model): Row {
  return { title: 'Health checks and backups', panels: [healthChecks(), backups(model)] };
}

function healthChecks(): TablePanel {
  const status = minBy(perCheck, gauge(healthCatalog.status));
  return table({
    key: 'check-details',
    width: 10,
    title: 'Health checks',
    description:
      'Each check of each service: its state now, the worst state in the last hour, and its p95. Good: passed, passed, and quick.',
    unit: 'state',
    targets: [
      { expression: status, legend: '' },
      { expression: minBy(perCheck, overTime('min', gauge(healthCatalog.status), '1h')), legend: '' },
      {
        expression: quantile(0.95, healthCatalog.duration, { by: perCheck, window: rateInterval }),
        legend: '',
      },
    ],
    columns: [
      ...serviceColumns,
      { from: 'check', title: 'Check' },
      { from: 'value:A', title: 'Now', mappings: passedOrFailed, thresholds: oneIsGood },
      { from: 'value:B', title: 'Last hour', mappings: passedOrFailed, thresholds: oneIsGood },
      { from: 'value:C', title: 'p95', unit: 'seconds' },
    ],
    alerts: ['DatabaseConnectionLost'],
    noValue: 'No service reports health checks: does it use healthEndpoints()?',
  });
}

function backups(model: Model): TablePanel {
  const newest = (metric: (typeof backupCatalog)['duration' | 'size' | 'restoreTest']): Expression =>
    maxBy(perBackup, gauge(metric));
  return table({
    key: 'backup-age',
    width: 14,
    title: 'Backups',
    description: `Age, result, time and size of each backup, and when a restore was last tested. No last run: one is under way, or was killed. Good: younger than ${model.knobs.BackupStale.maxAgeHours} h, passed, and a restore tested this quarter.`,
    unit: 'age',
    targets: [
      { expression: backupAge, legend: '' },
      { expression: minBy(perBackup, gauge(backupCatalog.lastRunStatus)), legend: '' },
      { expression: newest(backupCatalog.duration), legend: '' },
      { expression: newest(backupCatalog.size), legend: '' },
      {
        expression: secondsSince(promql`${newest(backupCatalog.restoreTest)} > 0`),
        legend: '',
        quietUnless: 'a restore has been tested',
      },
    ],
    columns: [
      ...serviceColumns,
      { from: 'backup', title: 'Backup' },
      { from: 'value:A', title: 'Age', unit: 'age', thresholds: risesInto([staleSeconds(model), 'red']) },
      { from: 'value:B', title: 'Last run', mappings: passedOrFailed, thresholds: oneIsGood },
      { from: 'value:C', title: 'Took', unit: 'seconds' },
      { from: 'value:D', title: 'Size', unit: 'bytes' },
      { from: 'value:E', title: 'Restore tested', unit: 'age' },
    ],
    sortBy: 'Age',
    alerts: ['BackupStale'],
    noValue: 'No backup has been recorded: does the backup job use the recorder?',
  });
}
