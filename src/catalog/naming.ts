/** How entries of the catalog are called in Prometheus: the classic names, OpenTelemetry's, or a user's own. */
import type { MetricEntry } from './metric.ts';

/** A user's own name and labels for one metric; what is left out keeps its classic name. */
export interface CustomName {
  readonly name?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * `prometheus` (default): classic names. `otel`: the stable OpenTelemetry names where a semantic convention exists.
 * An object maps classic metric names to names and labels of the user's own.
 * @example { http_request_duration_seconds: { name: 'http_server_duration_seconds', labels: { status_code: 'code' } } }
 */
export type Naming = 'prometheus' | 'otel' | Readonly<Record<string, CustomName>>;

/** The name of a metric as Prometheus stores it, without `_bucket`, `_sum` or `_count`. */
export function metricName(entry: MetricEntry, naming: Naming): string {
  return renamed(entry, naming)?.name ?? entry.name;
}

/** The name of a metric's own label as Prometheus stores it. Labels of targets are never renamed here. */
export function labelName(entry: MetricEntry, label: string, naming: Naming): string {
  const labels = renamed(entry, naming)?.labels;
  return labels?.[label] ?? label;
}

function renamed(entry: MetricEntry, naming: Naming): CustomName | null | undefined {
  if (naming === 'prometheus') return null;
  return naming === 'otel' ? entry.otel : naming[entry.name];
}
