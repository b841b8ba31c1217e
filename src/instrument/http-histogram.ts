/** A histogram that is recorded into by index and becomes a metric of the registry only when it is scraped. */
import type { MetricEntry } from '../catalog/metric.ts';
import { labelName, labelValue, metricName, type Naming, recordedAs } from '../catalog/naming.ts';
import type { CurrentTrace } from '../correlation/current-trace.ts';
import { BucketExemplars } from './http-exemplars.ts';
import { type CountedSeries, HistogramText } from './http-histogram-text.ts';
import {
  type ExposedMetric,
  type ExposedValue,
  type LabelValues,
  type SeriesContext,
  type SeriesText,
  type SeriesWriter,
  writeSeries,
} from './exposition-values.ts';

type Labels = Readonly<Record<string, string>>;

/** Observations per bucket (not cumulated), those above the last bound, and their sum: bounds + 2 numbers. */
export type Counts = Float64Array;

type ToValue = (
  metricName: string,
  labels: LabelValues,
  shared: Labels,
  value: number,
  exemplar: ExposedValue['exemplar'],
) => ExposedValue;

/**
 * Has the shape of a client's Histogram as far as a registry is concerned, so `registry.metrics()`, `getMetricsAsJSON()`
 * and cluster aggregation work as with any other.
 */
export class CountedHistogram implements SeriesWriter {
  readonly name: string;
  readonly help: string;
  readonly type = 'histogram';
  readonly aggregator = 'sum';
  readonly labelNames: readonly string[];
  readonly #bounds: readonly number[];
  readonly #labels: readonly (readonly [string, string])[];
  readonly #spell: (label: string, value?: string) => string;
  readonly #series: CountedSeries[] = [];
  readonly #exemplars = new BucketExemplars();
  readonly #text: HistogramText;

  /** @param ownLabels Names of labels beside those of the catalog. */
  constructor(entry: MetricEntry, naming: Naming, ownLabels: readonly string[] = []) {
    this.name = metricName(entry, naming);
    this.help = entry.help;
    const { labels, buckets = [] } = recordedAs(entry, naming);
    const named = Object.keys(labels).map((label) => [label, labelName(entry, label, naming)] as const);
    this.#labels = [...named, ...ownLabels.map((label) => [label, label] as const)];
    this.#spell = (label, value = '') => labelValue(entry, label, value, naming);
    this.labelNames = this.#labels.map(([, name]) => name);
    this.#bounds = [...buckets];
    this.#text = new HistogramText(this.name, this.labelNames, this.#bounds);
  }

  /** A new series, at 0. Call once per label set. */
  addSeries(labels: Labels): Counts {
    const renamed = Object.fromEntries(this.#labels.map(([label, name]) => [name, this.#spell(label, labels[label])]));
    const counts = new Float64Array(this.#bounds.length + 2);
    this.#series.push({ labels: renamed, counts });
    return counts;
  }

  /** @param trace What the observation happened in; kept as the bucket's exemplar if it is sampled. */
  observe(counts: Counts, value: number, trace?: CurrentTrace): void {
    const bounds = this.#bounds;
    let bucket = 0;
    while (bucket < bounds.length && value > (bounds[bucket] as number)) bucket += 1;
    counts[bucket] = (counts[bucket] as number) + 1;
    const sum = bounds.length + 1;
    counts[sum] = (counts[sum] as number) + value;
    if (trace?.isSampled === true) this.#exemplars.keep(counts, bucket, value, trace);
  }

  /** For text: labels that the series share are one object, which the clients format once. */
  getForPromString(): ExposedMetric {
    return this.#expose((metricName, labels, sharedLabels, value, exemplar) => ({
      labels,
      sharedLabels,
      value,
      metricName,
      exemplar,
    }));
  }

  /** For JSON: every value has labels of its own, as the registry may write into them. */
  get(): ExposedMetric {
    return this.#expose((metricName, labels, sharedLabels, value, exemplar) => ({
      value,
      metricName,
      exemplar,
      labels: { ...labels, ...sharedLabels },
    }));
  }

  /** For `metricsEndpoint()`, which need not make values of them. */
  [writeSeries](context: SeriesContext): SeriesText {
    return this.#text.write(this.#series, context, this.#exemplars);
  }

  /** Called by the registry's `resetMetrics()`. The series stay, at 0: recorders hold on to them. */
  reset(): void {
    for (const { counts } of this.#series) counts.fill(0);
    this.#exemplars.clear();
  }

  #expose(toValue: ToValue): ExposedMetric {
    const { name, help, type, aggregator } = this;
    const [bucketName, sumName, countName] = [`${name}_bucket`, `${name}_sum`, `${name}_count`];
    const bounds = [...this.#bounds, '+Inf'];
    const values: ExposedValue[] = [];
    for (const { labels, counts } of this.#series) {
      const exemplars = this.#exemplars.of(counts);
      let count = 0;
      for (const [index, le] of bounds.entries()) {
        count += counts[index] as number;
        values.push(toValue(bucketName, { le }, labels, count, exemplars?.[index] ?? null));
      }
      values.push(toValue(sumName, {}, labels, counts[bounds.length] as number, undefined));
      values.push(toValue(countName, {}, labels, count, undefined));
    }
    return { name, help, type, aggregator, values };
  }
}
