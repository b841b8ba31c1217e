/** What a migration preset says of the service's version, beside `service_info`. */
import type { MetricEntry } from '../../catalog/metric.ts';
import type { Naming } from '../../catalog/naming.ts';
import { seriesOfPreset } from '../../catalog/presets/all-presets.ts';
import type { BoundedMetrics } from '../metrics/bounded-metrics.ts';

type GaugeEntry = MetricEntry & { readonly kind: 'gauge' };

/**
 * Makes the gauges.
 * @returns sets them to a version, in the place of an earlier one
 * @throws TELLTALE_METRIC_TAKEN
 */
export function versionSeries(naming: Naming, metrics: BoundedMetrics): (version: string) => void {
  const gauges = seriesOfPreset(naming)
    .filter(({ from }) => from === 'version')
    .map(({ entry }) => metrics.gauge(entry as GaugeEntry));
  return (version) => {
    const [, major = '', minor = '', patch = ''] = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version) ?? [];
    for (const gauge of gauges) {
      gauge.reset();
      gauge.set({ version, major, minor, patch }, 1);
    }
  };
}
