/** Gauges that one call reads together, as asking for each would cost as much as asking for all. */
import type { MetricEntry } from '../../catalog/metric.ts';
import type { BoundedGauge, BoundedMetrics } from '../metrics/bounded-metrics.ts';

/** A gauge without labels, and its part of what was read. */
export type GaugeOf<T> = readonly [entry: MetricEntry & { readonly kind: 'gauge' }, valueOf: (read: T) => number];

/** Null leaves the gauges as they are. The first gauge's scrape sets the others, which are registered after it. */
export function recordTogether<T>(
  metrics: BoundedMetrics,
  read: () => T | null,
  [[entry, valueOf], ...rest]: readonly [GaugeOf<T>, ...GaugeOf<T>[]],
): void {
  const others: (readonly [BoundedGauge, (read: T) => number])[] = [];
  metrics.gauge(entry, (gauge) => {
    const value = read();
    if (value === null) return;
    gauge.set({}, valueOf(value));
    for (const [other, otherValueOf] of others) other.set({}, otherValueOf(value));
  });
  for (const [other, otherValueOf] of rest) others.push([metrics.gauge(other), otherValueOf]);
}
