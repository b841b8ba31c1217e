/** A histogram that is recorded into by index and becomes a metric of the registry only when it is scraped. */
import type { MetricEntry } from '../../catalog/metric.ts';
import { labelName, metricName, type Naming, recordedAs } from '../../catalog/naming.ts';
import type { CurrentTrace } from '../../correlation/current-trace.ts';
import { BucketExemplars } from './bucket-exemplars.ts';
import type { NamedLabel } from './exposed-labels.ts';
import type { Page } from './exposed-page.ts';
import { HistogramText } from './histogram-text.ts';
import {
  type ExposedMetric,
  type ExposedValue,
  type LabelValues,
  type SeriesContext,
  type SeriesWriter,
  writeSeries,
} from './exposed-values.ts';
import { labelSpeller } from './spelt-labels.ts';

type Labels = Readonly<Record<string, string>>;

/** A series of a histogram, to observe into: where its numbers begin. */
export type Counts = number;

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
  readonly #labels: readonly NamedLabel[];
  readonly #spell: (labels: Labels) => Labels;
  /** Of each series, as given where the naming spells no value otherwise. */
  readonly #series: Labels[] = [];
  /**
   * Of each series the observations per bucket (not cumulated), those above the last bound, and their sum. In one array:
   * one for each would weigh 200 bytes more, and is slower to count in.
   */
  #numbers: Float64Array = new Float64Array(0);
  readonly #exemplars = new BucketExemplars();
  readonly #text: HistogramText;

  /** @param ownLabels Names of labels beside those of the catalog. */
  constructor(entry: MetricEntry, naming: Naming, ownLabels: readonly string[] = []) {
    this.name = metricName(entry, naming);
    this.help = entry.help;
    const { labels, buckets = [] } = recordedAs(entry, naming);
    const named = Object.keys(labels).map((label) => ({ given: label, exposed: labelName(entry, label, naming) }));
    this.#labels = [...named, ...ownLabels.map((label) => ({ given: label, exposed: label }))];
    this.#spell = labelSpeller(entry, naming);
    this.labelNames = this.#labels.map(({ exposed }) => exposed);
    this.#bounds = [...buckets];
    this.#text = new HistogramText(this.name, this.#labels, this.#bounds);
  }

  /**
   * A new series, at 0. Call once per label set.
   * @param labels All of the entry's and no others. Kept: they must not change.
   */
  addSeries(labels: Labels): Counts {
    const stride = this.#bounds.length + 2;
    const counts = this.#series.length * stride;
    this.#series.push(this.#spell(labels));
    if (counts + stride > this.#numbers.length) this.#numbers = enlarged(this.#numbers, counts + stride);
    return counts;
  }

  /** @param trace What the observation happened in; kept as the bucket's exemplar if it is sampled. */
  observe(counts: Counts, value: number, trace?: CurrentTrace): void {
    const bounds = this.#bounds;
    let bucket = 0;
    while (bucket < bounds.length && value > (bounds[bucket] as number)) bucket += 1;
    const numbers = this.#numbers;
    numbers[counts + bucket] = (numbers[counts + bucket] as number) + 1;
    const sum = counts + bounds.length + 1;
    numbers[sum] = (numbers[sum] as number) + value;
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

  /**
   * For JSON: every value has labels of its own, as the registry may write into them. Assigned: V8 gives each object that
   * is spread from two a shape of its own, which weighs more than the object.
   */
  get(): ExposedMetric {
    return this.#expose((metricName, labels, sharedLabels, value, exemplar) => ({
      value,
      metricName,
      exemplar,
      labels: Object.assign({}, labels, sharedLabels),
    }));
  }

  /** For `metricsEndpoint()`, which need not make values of them. */
  [writeSeries](context: SeriesContext, page: Page): number {
    const series = { labels: this.#series, numbers: this.#numbers, exemplars: this.#exemplars };
    return this.#text.write(series, context, page);
  }

  /** Called by the registry's `resetMetrics()`. The series stay, at 0: recorders hold on to them. */
  reset(): void {
    this.#numbers.fill(0);
    this.#exemplars.clear();
  }

  #expose(toValue: ToValue): ExposedMetric {
    const { name, help, type, aggregator } = this;
    const [bucketName, sumName, countName] = [`${name}_bucket`, `${name}_sum`, `${name}_count`];
    const bounds = [...this.#bounds, '+Inf'];
    const values: ExposedValue[] = [];
    for (const [index, given] of this.#series.entries()) {
      const from = index * (bounds.length + 1);
      const labels = this.#exposedLabels(given);
      const exemplars = this.#exemplars.of(from);
      let count = 0;
      for (const [bucket, le] of bounds.entries()) {
        count += this.#numbers[from + bucket] as number;
        values.push(toValue(bucketName, { le }, labels, count, exemplars?.[bucket] ?? null));
      }
      values.push(toValue(sumName, {}, labels, this.#numbers[from + bounds.length] as number, undefined));
      values.push(toValue(countName, {}, labels, count, undefined));
    }
    return { name, help, type, aggregator, values };
  }

  /** Where nothing is renamed, the very object each time: the clients remember what they have formatted. */
  #exposedLabels(labels: Labels): Labels {
    if (this.#labels.every(({ given, exposed }) => given === exposed)) return labels;
    return Object.fromEntries(this.#labels.map(({ given, exposed }) => [exposed, labels[given] ?? '']));
  }
}

/** By an eighth more than is needed, so that a thousand series copy their numbers fifty times and not a thousand. */
function enlarged(numbers: Float64Array, needed: number): Float64Array {
  const larger = new Float64Array(needed + Math.floor(needed / 8));
  larger.set(numbers);
  return larger;
}
