/** A counter that is counted into by index and becomes a metric of the registry only when it is scraped. */
import type { MetricEntry } from '../../catalog/metric.ts';
import { labelName, metricName, type Naming } from '../../catalog/naming.ts';
import { labelWriter, type NamedLabel } from './exposed-labels.ts';
import type { Page } from './exposed-page.ts';
import { type ExposedMetric, type SeriesContext, type SeriesWriter, writeSeries } from './exposed-values.ts';
import { labelSpeller } from './spelt-labels.ts';

type Labels = Readonly<Record<string, string>>;

/** A series of a counter, to count into. */
export type Count = number;

/** Has the shape of a client's Counter as far as a registry is concerned. Its name must end in `_total`, and it must have labels. */
export class CountedCounter implements SeriesWriter {
  /** A registry of prom-client that is set to OpenMetrics cuts the suffix off, and puts it back in what it writes. */
  readonly name: string;
  readonly help: string;
  readonly type = 'counter';
  readonly aggregator = 'sum';
  readonly labelNames: readonly string[];
  readonly #fullName: string;
  readonly #labels: readonly NamedLabel[];
  readonly #spell: (labels: Labels) => Labels;
  /** Of each series, as given. */
  readonly #series: Labels[] = [];
  readonly #numbers: number[] = [];

  constructor(entry: MetricEntry, naming: Naming) {
    this.name = metricName(entry, naming);
    this.help = entry.help;
    this.#fullName = this.name;
    this.#labels = Object.keys(entry.labels).map((label) => ({
      given: label,
      exposed: labelName(entry, label, naming),
    }));
    this.#spell = labelSpeller(entry, naming);
    this.labelNames = this.#labels.map(({ exposed }) => exposed);
  }

  /** A new series, at 0. Call once per label set. @param labels Kept: they must not change. */
  addSeries(labels: Labels): Count {
    this.#numbers.push(0);
    return this.#series.push(this.#spell(labels)) - 1;
  }

  inc(count: Count): void {
    this.#numbers[count] = (this.#numbers[count] as number) + 1;
  }

  /** Labels afresh for each value, as the registry may write into them. */
  get(): ExposedMetric {
    const { name, help, type, aggregator } = this;
    const values = this.#series.map((given, index) => ({
      value: this.#numbers[index] as number,
      labels: Object.fromEntries(this.#labels.map((label) => [label.exposed, given[label.given] ?? ''])),
    }));
    return { name, help, type, aggregator, values };
  }

  /** For `metricsEndpoint()`, which need not make values of them. */
  [writeSeries]({ defaultLabels }: SeriesContext, page: Page): number {
    const defaults = [...defaultLabels].filter(([name]) => !this.labelNames.includes(name));
    const start = `\n${this.#fullName}{`;
    const labelsOf = labelWriter(this.#labels, `"${defaults.map(([, formatted]) => `,${formatted}`).join('')}} `);
    for (const [index, given] of this.#series.entries()) {
      page.write(start + labelsOf(given) + String(this.#numbers[index]));
    }
    return this.#series.length;
  }

  /** Called by the registry's `resetMetrics()`. The series stay, at 0: recorders hold on to them. */
  reset(): void {
    this.#numbers.fill(0);
  }
}
