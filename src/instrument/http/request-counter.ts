/** A counter of requests that is read off the histogram of their durations: nothing more is recorded. */
import type { MetricEntry } from '../../catalog/metric.ts';
import type { CountedHistogram } from '../metrics/counted-histogram.ts';
import type { ExposedMetric, ExposedValue, RegisteredMetric } from '../metrics/exposed-values.ts';

export class RequestCounter implements RegisteredMetric {
  /** Not read-only: a registry of OpenMetrics cuts the suffix off, and expects to read the name back. */
  name: string;
  readonly help: string;
  readonly type = 'counter';
  readonly aggregator = 'sum';
  readonly labelNames: readonly string[];
  readonly #durations: CountedHistogram;

  constructor(entry: MetricEntry, durations: CountedHistogram) {
    this.name = entry.name;
    this.help = entry.help;
    this.labelNames = Object.keys(entry.labels);
    this.#durations = durations;
  }

  get(): ExposedMetric {
    const { name, help, type, aggregator } = this;
    const counts = this.#durations.get().values?.filter(isCount) ?? [];
    return { name, help, type, aggregator, values: counts.map(({ labels = {}, value }) => ({ labels, value })) };
  }

  /** The counts are the histogram's, which is reset by itself. */
  reset(): void {
    // Nothing is kept here.
  }
}

function isCount({ metricName = '' }: ExposedValue): boolean {
  return metricName.endsWith('_count');
}
