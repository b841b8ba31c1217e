/** A backup's metrics in the registry of a process that is scraped. */
import { backupCatalog } from '../../catalog/backup.ts';
import { type BackupKey, backupKeys, type BackupStore, type BackupValues } from './values.ts';
import type { RecorderOptions } from '../metrics/from-catalog.ts';
import type { BoundedGauge } from '../metrics/bounded-metrics.ts';
import { acquireShared } from '../metrics/shared-parts.ts';

interface Backups {
  readonly gauges: ReadonlyMap<BackupKey, BoundedGauge>;
  /** Of all backups on the registry, by name. */
  readonly values: Map<string, BackupValues>;
}

/** @throws TELLTALE_NO_CLIENT, TELLTALE_METRIC_TAKEN */
export function registryStore(name: string, options: RecorderOptions): BackupStore {
  // Never released: what is known of a backup is to be seen for as long as the process lives.
  const { value: backups } = acquireShared(options, 'backups', (metrics): Backups => {
    const gauges = new Map(backupKeys.map((key) => [key, metrics.gauge(backupCatalog[key])]));
    return { gauges, values: new Map() };
  });
  return {
    read: () => Promise.resolve(backups.values.get(name) ?? {}),
    write: (values) => {
      backups.values.set(name, values);
      for (const [key, gauge] of backups.gauges) show(gauge, name, values[key]);
      return Promise.resolve();
    },
  };
}

function show(gauge: BoundedGauge, backup: string, value: number | undefined): void {
  if (value === undefined) gauge.remove({ backup });
  else gauge.set({ backup }, value);
}
