/** What a metric is: the types every catalog file satisfies. A metric is declared once, as literal data. */
import type { Exposer } from './exposers.ts';
import type { LabelSpec } from './labels.ts';

export type MetricKind = 'counter' | 'gauge' | 'histogram';

/**
 * The unit of a sample. `items` counts things, `state` is 0 or 1, `info` is always 1, `timestamp` is Unix seconds,
 * `currency` is major units of the money that the `currency` label names.
 */
export type MetricUnit = 'seconds' | 'bytes' | 'ratio' | 'items' | 'state' | 'info' | 'timestamp' | 'currency';

/** The name and labels under `naming: 'otel'`; labels not listed keep their name. */
export interface OtelNaming {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Spelling of values, by label; values not listed stay. */
  readonly values?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface MetricEntry {
  /** Prometheus-classic name, without `_bucket`, `_sum` or `_count`. */
  readonly name: string;
  readonly kind: MetricKind;
  readonly unit: MetricUnit;
  /** One sentence for HELP and the reference page. */
  readonly help: string;
  /** The metric's own labels; what Prometheus adds to each target is in `exposers.ts`. */
  readonly labels: Readonly<Record<string, LabelSpec>>;
  readonly exposedBy: Exposer;
  /** The stable OpenTelemetry name, or null where no semantic convention exists: then the name stays. */
  readonly otel: OtelNaming | null;
  /** Upper bounds of a histogram, ascending, without +Inf. */
  readonly buckets?: readonly number[];
  /** Exporters only: the exporter versions that expose the metric. */
  readonly versions?: string;
  /** How a gauge adds up over the instances of a service. */
  readonly aggregation?: 'sum' | 'max' | 'min';
  /** The library whose dashboards ask for the metric, where none of ours does; all others are on a panel or in an alert. */
  readonly forDashboardsOf?: 'prom-client';
}

/** A catalog file: entries by a short key. */
export type MetricCatalog = Readonly<Record<string, MetricEntry>>;

/** A metric's own label names. */
export type OwnLabel<M extends MetricEntry> = keyof M['labels'] & string;

/** The value a label takes: one of its declared values, or any string where the label is only capped. */
export type LabelValue<S extends LabelSpec> = S extends { readonly values: readonly (infer V extends string)[] }
  ? V
  : string;

/** The label set of one series of a metric. */
export type LabelSet<M extends MetricEntry> = { readonly [L in OwnLabel<M>]: LabelValue<M['labels'][L]> };
