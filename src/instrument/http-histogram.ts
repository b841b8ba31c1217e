/** A histogram that is recorded into by index and becomes a metric of the registry only when it is scraped. */
import type { MetricEntry } from '../catalog/metric.ts';
import { labelName, metricName, type Naming } from '../catalog/naming.ts';

type Labels = Readonly<Record<string, string>>;

/** Observations per bucket (not cumulated), those above the last bound, and their sum: bounds + 2 numbers. */
export type Counts = Float64Array;

interface Series {
  readonly labels: Labels;
  readonly counts: Counts;
}

/** One line of the exposition, as both clients pass them around. */
export interface ExposedValue {
  readonly metricName: string;
  readonly labels: Readonly<Record<string, string | number>>;
  readonly sharedLabels?: Labels;
  readonly value: number;
}

export interface ExposedMetric {
  readonly name: string;
  readonly help: string;
  readonly type: 'histogram';
  readonly aggregator: 'sum';
  readonly values: ExposedValue[];
}

/**
 * Has the shape of a client's Histogram as far as a registry is concerned, so `registry.metrics()`, `getMetricsAsJSON()`
 * and cluster aggregation work as with any other.
 */
export class CountedHistogram {
  readonly name: string;
  readonly help: string;
  readonly type = 'histogram';
  readonly aggregator = 'sum';
  readonly labelNames: readonly string[];
  readonly #bounds: readonly number[];
  readonly #labels: readonly (readonly [string, string])[];
  readonly #series: Series[] = [];

  constructor(entry: MetricEntry, naming: Naming) {
    this.name = metricName(entry, naming);
    this.help = entry.help;
    this.#labels = Object.keys(entry.labels).map((label) => [label, labelName(entry, label, naming)] as const);
    this.labelNames = this.#labels.map(([, name]) => name);
    this.#bounds = [...(entry.buckets ?? [])];
  }

  /** A new series, at 0. Call once per label set. */
  addSeries(labels: Labels): Counts {
    const renamed = Object.fromEntries(this.#labels.map(([label, name]) => [name, labels[label] ?? '']));
    const counts = new Float64Array(this.#bounds.length + 2);
    this.#series.push({ labels: renamed, counts });
    return counts;
  }

  observe(counts: Counts, value: number): void {
    const bounds = this.#bounds;
    let bucket = 0;
    while (bucket < bounds.length && value > (bounds[bucket] as number)) bucket += 1;
    counts[bucket] = (counts[bucket] as number) + 1;
    const sum = bounds.length + 1;
    counts[sum] = (counts[sum] as number) + value;
  }

  /** For text: labels that the series share are one object, which the clients format once. */
  getForPromString(): ExposedMetric {
    return this.#expose((labels, sharedLabels) => ({ labels, sharedLabels }));
  }

  /** For JSON: every value has labels of its own, as the registry may write into them. */
  get(): ExposedMetric {
    return this.#expose((labels, sharedLabels) => ({ labels: { ...labels, ...sharedLabels } }));
  }

  /** Called by the registry's `resetMetrics()`. The series stay, at 0: recorders hold on to them. */
  reset(): void {
    for (const { counts } of this.#series) counts.fill(0);
  }

  #expose(
    label: (labels: ExposedValue['labels'], shared: Labels) => Omit<ExposedValue, 'metricName' | 'value'>,
  ): ExposedMetric {
    const { name, help, type, aggregator } = this;
    const values: ExposedValue[] = [];
    for (const { labels: shared, counts } of this.#series) {
      let count = 0;
      for (const [index, bound] of [...this.#bounds, '+Inf'].entries()) {
        count += counts[index] as number;
        values.push({ ...label({ le: bound }, shared), metricName: `${name}_bucket`, value: count });
      }
      values.push({
        ...label({}, shared),
        metricName: `${name}_sum`,
        value: counts[this.#bounds.length + 1] as number,
      });
      values.push({ ...label({}, shared), metricName: `${name}_count`, value: count });
    }
    return { name, help, type, aggregator, values };
  }
}
