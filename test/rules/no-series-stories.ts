/** A Prometheus that scrapes nothing of ours: silent, but for what must be there. */
import { api, payments } from './series.ts';
import { type Labels, type Story, storiesOf } from './story.ts';

/** Alerts that hear it when everything has vanished; Watchdog and NobodyIsPaged fire anyway. */
const whenAllVanished: Readonly<Record<string, readonly Labels[]>> = {
  HealthCheckFailing: [api, payments],
  ServiceDown: [api, payments],
  DatabaseConnectionLost: [
    { ...api, datastore: 'postgresql' },
    { ...api, datastore: 'redis' },
  ],
  BackupStale: [{ ...api, backup: 'database' }],
};

export function noSeriesStories(alerts: readonly string[]): readonly Story[] {
  return alerts.flatMap((alert) =>
    storiesOf(alert, 'any', [
      {
        title: 'there is no series at all',
        proves: ['no-series'],
        series: [['unrelated', '1x60']],
        steps: [{ at: '60m', firing: whenAllVanished[alert] ?? [], pending: [] }],
      },
    ]),
  );
}
