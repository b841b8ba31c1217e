/** What a migration preset is made of: the names of another library, so that dashboards made for it go on working. */
import type { LabelSpec } from '../labels.ts';
import type { MetricEntry } from '../metric.ts';

/** How one metric of the catalog is called; what is left out stays as it is. */
export interface PresetMetric {
  readonly name?: string;
  /** The library's name of a label, by ours. */
  readonly labels?: Readonly<Record<string, string>>;
  /** The library's spelling of values of a label, by ours. Right values that it has wrong are never given up. */
  readonly values?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Labels that only the library has. */
  readonly moreLabels?: Readonly<Record<string, LabelSpec>>;
  /** The library's default bounds. They come beside the metric's own, which objectives are measured at. */
  readonly buckets?: readonly number[];
}

/**
 * What a series that only the library has is filled from. `requests`: counts of `http_request_duration_seconds`.
 * `connections`: what the servers say. `running`: always 1. `version`: that of `serviceInfo()`.
 */
export type PresetSource = 'requests' | 'connections' | 'running' | 'version';

/** A series that only the library has. */
export interface PresetSeries {
  /** Under the library's name and labels: a preset renames nothing here. */
  readonly entry: MetricEntry;
  readonly from: PresetSource;
}

export interface NamingPreset {
  /** The value of `naming`. */
  readonly id: string;
  /** By their name in the catalog. */
  readonly metrics: Readonly<Record<string, PresetMetric>>;
  readonly series: readonly PresetSeries[];
}
