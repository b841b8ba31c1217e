/** Who uses a metric of a registry: several recorders may record into one, and the last takes it off. */
import type { MetricEntry } from '../../catalog/metric.ts';
import { exposedAs, metricName, type Naming } from '../../catalog/naming.ts';
import { metricTaken } from './metric-taken.ts';

/** On a metric: by global symbol, as two copies of this package may share a registry. */
const useOf = Symbol.for('telltale.use');

interface Use {
  readonly shape: string;
  /** Factories that have not been disposed of. */
  factories: number;
}

export interface UsedMetric {
  readonly [useOf]?: Use;
}

/** Whose class a metric is of: one of ours is recorded into in another way than the client's. */
export type MetricMaker = 'client' | 'counted';

/** What a metric is registered for. */
export interface MetricUse {
  readonly entry: MetricEntry;
  readonly naming: Naming;
  readonly maker: MetricMaker;
}

export function markUse<T>(metric: T, wanted: MetricUse): T {
  const use: Use = { shape: shapeOf(wanted), factories: 0 };
  Object.defineProperty(metric, useOf, { value: use });
  return metric;
}

/** @throws TELLTALE_METRIC_TAKEN */
export function reuse<T>(found: T, wanted: MetricUse): T {
  if ((found as UsedMetric)[useOf]?.shape === shapeOf(wanted)) return found;
  throw metricTaken(metricName(wanted.entry, wanted.naming));
}

export function countUse(metric: unknown, change: 1 | -1): number {
  const use = (metric as UsedMetric)[useOf];
  if (use === undefined) return 0;
  use.factories += change;
  return use.factories;
}

/** Under its names: two namings may call a metric the same but not its labels. */
function shapeOf({ entry, naming, maker }: MetricUse): string {
  const { kind, labels, buckets = [] } = exposedAs(entry, naming);
  return JSON.stringify([kind, Object.keys(labels), buckets, maker]);
}
