/** A counter that is counted into by index and becomes a metric of the registry only when it is scraped. */
import type { MetricEntry } from '../catalog/metric.ts';
import { labelName, labelValue, metricName, type Naming } from '../catalog/naming.ts';
import type { ExposedMetric, RegisteredMetric } from './exposition-values.ts';

type Labels = Readonly<Record<string, string>>;

interface Series {
  readonly labels: Labels;
  /** One number: what the series stands at. */
  readonly counts: Float64Array;
}

/** Has the shape of a client's Counter as far as a registry is concerned. */
export class CountedCounter implements RegisteredMetric {
  /** Not read-only: a registry of OpenMetrics cuts the suffix off, and expects to read the name back. */
  name: string;
  readonly help: string;
  readonly type = 'counter';
  readonly aggregator = 'sum';
  readonly labelNames: readonly string[];
  readonly #entry: MetricEntry;
  readonly #naming: Naming;
  readonly #series: Series[] = [];

  constructor(entry: MetricEntry, naming: Naming) {
    this.name = metricName(entry, naming);
    this.help = entry.help;
    this.labelNames = Object.keys(entry.labels).map((label) => labelName(entry, label, naming));
    this.#entry = entry;
    this.#naming = naming;
  }

  /** A new series, at 0. Call once per label set. */
  addSeries(labels: Labels): Float64Array {
    const named = Object.keys(this.#entry.labels).map((label) => [
      labelName(this.#entry, label, this.#naming),
      labelValue(this.#entry, label, labels[label] ?? '', this.#naming),
    ]);
    const counts = new Float64Array(1);
    this.#series.push({ labels: Object.fromEntries(named) as Labels, counts });
    return counts;
  }

  /** Every value has labels of its own, as the registry may write into them. */
  get(): ExposedMetric {
    const { name, help, type, aggregator } = this;
    const values = this.#series.map(({ labels, counts }) => ({ labels: { ...labels }, value: counts[0] as number }));
    return { name, help, type, aggregator, values };
  }

  /** Called by the registry's `resetMetrics()`. The series stay, at 0: recorders hold on to them. */
  reset(): void {
    for (const { counts } of this.#series) counts.fill(0);
  }
}
