/** A latency threshold must be a bound of its histogram: between two bounds, a quantile is interpolated, and so is a guess. */
import type { MetricEntry } from '../catalog/metric.ts';
import { TelltaleError } from '../errors.ts';

/**
 * The threshold, when it is one of the metric's bounds.
 * @throws TelltaleError `TELLTALE_CONFIG` when it is not.
 */
export function bucketBound(metric: MetricEntry, seconds: number, setting: string): number {
  const bounds = metric.buckets ?? [];
  if (bounds.includes(seconds)) return seconds;
  const message = `Cannot use ${seconds} as ${setting} as it must be a bucket bound of "${metric.name}": known are ${bounds.join(', ')}`;
  throw new TelltaleError('TELLTALE_CONFIG', message, { fix: 'take the nearest bound, in seconds' });
}
