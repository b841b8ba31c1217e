/** How entries of the catalog are called in Prometheus: classic, as OpenTelemetry does, as another library, or own names. */
import type { MetricEntry } from './metric.ts';
import { allPresets, type PresetId, presetOf } from './presets/all-presets.ts';
import type { PresetMetric } from './presets/preset.ts';

/** A user's own name and labels for one metric; what is left out keeps its classic name. */
export interface CustomName {
  readonly name?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * `prometheus` (default): classic names. `otel`: the stable OpenTelemetry names where a semantic convention exists.
 * `express-prom-bundle`, `prometheus-api-metrics`, `promster`: names, labels and buckets of that package, so that dashboards
 * made for it go on working; costs a few buckets more per histogram (docs/migration.md).
 * An object maps classic metric names to names and labels of the user's own.
 * @example { http_request_duration_seconds: { name: 'http_server_duration_seconds', labels: { status_code: 'code' } } }
 */
export type Naming = 'prometheus' | 'otel' | PresetId | Readonly<Record<string, CustomName>>;

/** The namings that have a name. */
export const namedNamings: readonly string[] = ['prometheus', 'otel', ...allPresets.map(({ id }) => id)];

/** The name of a metric as Prometheus stores it, without `_bucket`, `_sum` or `_count`. */
export function metricName(entry: MetricEntry, naming: Naming): string {
  return renaming(entry, naming)?.name ?? entry.name;
}

/** The name of a metric's own label as Prometheus stores it. Labels of targets are never renamed here. */
export function labelName(entry: MetricEntry, label: string, naming: Naming): string {
  const labels = renaming(entry, naming)?.labels;
  return labels?.[label] ?? label;
}

/** The spelling of a value of a metric's own label as Prometheus stores it. */
export function labelValue(entry: MetricEntry, label: string, value: string, naming: Naming): string {
  return renaming(entry, naming)?.values?.[label]?.[value] ?? value;
}

/** The entry with the labels and bounds that a naming adds to it. */
export function recordedAs<M extends MetricEntry>(entry: M, naming: Naming): M | MetricEntry {
  const { moreLabels, buckets } = renaming(entry, naming) ?? {};
  if (moreLabels === undefined && buckets === undefined) return entry;
  const bounds = new Set([...(entry.buckets ?? []), ...(buckets ?? [])]);
  return { ...entry, labels: { ...entry.labels, ...moreLabels }, buckets: [...bounds].toSorted((a, b) => a - b) };
}

/** The entry as Prometheus stores it: its name, labels, their closed values and its bounds. */
export function exposedAs(entry: MetricEntry, naming: Naming): MetricEntry {
  const recorded = recordedAs(entry, naming);
  const labels = Object.entries(recorded.labels).map(([label, spec]) => {
    const values = spec.values?.map((value) => labelValue(entry, label, value, naming));
    return [labelName(entry, label, naming), values === undefined ? spec : { ...spec, values }];
  });
  return {
    ...recorded,
    name: metricName(entry, naming),
    labels: Object.fromEntries(labels) as MetricEntry['labels'],
  };
}

function renaming(entry: MetricEntry, naming: Naming): PresetMetric | null | undefined {
  if (typeof naming === 'object') return naming[entry.name];
  return naming === 'otel' ? entry.otel : presetOf(naming)?.metrics[entry.name];
}
