/** What a migration preset exposes beside the catalog, as far as the recorder of HTTP has what it is filled from. */
import type { Server } from 'node:http';
import type { MetricEntry } from '../../catalog/metric.ts';
import type { Naming } from '../../catalog/naming.ts';
import { seriesOfPreset } from '../../catalog/presets/all-presets.ts';
import type { PresetSource } from '../../catalog/presets/preset.ts';
import type { Registry } from '../metrics/client.ts';
import type { CountedHistogram } from '../metrics/counted-histogram.ts';
import { RequestCounter } from './request-counter.ts';
import { metricTaken } from '../metrics/metric-taken.ts';
import type { BoundedMetrics } from '../metrics/bounded-metrics.ts';

/** What the recorder has. */
export interface PresetInputs {
  readonly registry: Registry;
  readonly metrics: BoundedMetrics;
  readonly duration: CountedHistogram;
  readonly servers: { readonly servers: Iterable<Server> };
}

type GaugeEntry = MetricEntry & { readonly kind: 'gauge' };
type Expose = (entry: MetricEntry, inputs: PresetInputs) => () => void;

const exposeFrom: Readonly<Record<PresetSource, Expose | undefined>> = {
  requests: (entry, { registry, duration }) => {
    registry.registerMetric(new RequestCounter(entry, duration));
    return () => registry.removeSingleMetric(entry.name);
  },
  connections: (entry, { metrics, servers }) =>
    exposeGauge(entry, metrics, async () => {
      const counts = await Promise.all([...servers.servers].map(connectionsOf));
      return counts.reduce((sum, count) => sum + count, 0);
    }),
  running: (entry, { metrics }) => exposeGauge(entry, metrics, () => 1),
  // Of serviceInfo().
  version: undefined,
};

/**
 * Exposes what the naming adds.
 * @returns takes it off the registry
 */
export function exposePresetSeries(naming: Naming, inputs: PresetInputs): () => void {
  const stops = seriesOfPreset(naming).flatMap(({ entry, from }) => exposeFrom[from]?.(entry, inputs) ?? []);
  return () => {
    for (const stop of stops) stop();
  };
}

/**
 * Asked before anything is registered: names of presets are ordinary ones, and an app may well have them already.
 * @throws TELLTALE_METRIC_TAKEN
 */
export function requireFreeNames(naming: Naming, registry: Registry): void {
  for (const { entry, from } of seriesOfPreset(naming)) {
    if (exposeFrom[from] !== undefined && registry.getSingleMetric(entry.name) !== undefined) {
      throw metricTaken(entry.name);
    }
  }
}

/** @returns nothing to do: gauges go with the recorder's others. */
function exposeGauge(entry: MetricEntry, metrics: BoundedMetrics, read: () => number | Promise<number>): () => void {
  metrics.gauge(entry as GaugeEntry, async (gauge) => gauge.set({}, await read()));
  return () => undefined;
}

function connectionsOf(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
  });
}
