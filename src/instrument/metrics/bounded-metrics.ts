/** Recorders that can be called from inside somebody's query or job: bounded labels, and no error ever leaves them. */
import type { LabelSet, MetricEntry } from '../../catalog/metric.ts';
import { metricName } from '../../catalog/naming.ts';
import type { GaugeRecorder } from './catalog-recorders.ts';
import { CounterSeries, HistogramSeries, nowhere, type Observations, type Tally } from './counted-series.ts';
import { type MetricFactory, metricFactory, type RecorderOptions } from './from-catalog.ts';
import { CountedCounter } from './counted-counter.ts';
import { CountedHistogram } from './counted-histogram.ts';
import { type LabelBounds, labelBounds, type RawLabels } from './label-bounds.ts';

type OfKind<K extends MetricEntry['kind']> = MetricEntry & { readonly kind: K };

export interface BoundedCounter {
  inc(labels: RawLabels, value?: number): void;
}

export interface BoundedGauge {
  set(labels: RawLabels, value: number): void;
  remove(labels: RawLabels): void;
  reset(): void;
}

export interface BoundedHistogram {
  observe(labels: RawLabels, value: number): void;
  /** Makes the series exist; what it has counted stays. */
  zero(labels: RawLabels): void;
}

export interface BoundedMetrics {
  counter(entry: OfKind<'counter'>): BoundedCounter;
  /** `collect` runs at each scrape; when it fails, that is counted and the scrape goes on. */
  gauge(entry: OfKind<'gauge'>, collect?: (gauge: BoundedGauge) => void | Promise<void>): BoundedGauge;
  histogram(entry: OfKind<'histogram'>): BoundedHistogram;
  /** For what is recorded so often that looking its labels up would be felt: gives the series of labels, once. */
  countedHistogram(entry: OfKind<'histogram'>): (labels: RawLabels) => Observations;
  countedCounter(entry: OfKind<'counter'>): (labels: RawLabels) => Tally;
  /** Counts a failed callback of the user's in `telltale_label_errors_total`. */
  failed(entry: MetricEntry): void;
  /** False once somebody has cleared the registry: what records from here is then seen by nobody. */
  readonly registered: () => boolean;
  readonly dispose: () => void;
}

/** @throws TELLTALE_NO_CLIENT, TELLTALE_METRIC_TAKEN */
export function boundedMetrics(options: RecorderOptions): BoundedMetrics {
  const factory: MetricFactory = metricFactory(options);
  const bounds = labelBounds(factory);
  const names: string[] = [];
  const declare = (entry: MetricEntry): void => {
    names.push(metricName(entry, factory.naming));
    bounds.declare(entry);
  };
  return {
    counter: (entry) => {
      const counter = factory.counter(entry);
      declare(entry);
      const inc = bounded(bounds, entry, (labels, value) => counter.inc(labels, value));
      return { inc: (labels, value = 1) => inc(labels, value) };
    },
    gauge: (entry, collect) => {
      const contained = async (): Promise<void> => {
        try {
          await collect?.(gauge);
        } catch {
          bounds.failed(entry);
        }
      };
      const gauge = boundedGauge(bounds, entry, factory.gauge(entry, collect === undefined ? undefined : contained));
      declare(entry);
      return gauge;
    },
    histogram: (entry) => {
      const histogram = factory.histogram(entry);
      declare(entry);
      const zeroed = new Set<string>();
      const zero = bounded(bounds, entry, (labels) => {
        // The clients would forget what was observed: several may declare one series, such as `overflow`.
        const series = JSON.stringify(labels);
        if (!zeroed.has(series)) histogram.zero(labels);
        zeroed.add(series);
      });
      return {
        observe: bounded(bounds, entry, (labels, value) => histogram.observe(labels, value)),
        zero: (labels) => zero(labels, 0),
      };
    },
    countedHistogram: (entry) => {
      const histogram = factory.counted(entry, () => new CountedHistogram(entry, factory.naming));
      declare(entry);
      return (raw) => {
        const labels = bounds.bound(entry, raw);
        return labels === null ? nowhere : new HistogramSeries(histogram, labels);
      };
    },
    countedCounter: (entry) => {
      const counter = factory.counted(entry, () => new CountedCounter(entry, factory.naming));
      declare(entry);
      return (raw) => {
        const labels = bounds.bound(entry, raw);
        return labels === null ? nowhere : new CounterSeries(counter, labels);
      };
    },
    failed: bounds.failed,
    registered: () => names.every((name) => factory.registry.getSingleMetric(name) !== undefined),
    dispose: () => factory.dispose(),
  };
}

function boundedGauge<M extends MetricEntry>(bounds: LabelBounds, entry: M, gauge: GaugeRecorder<M>): BoundedGauge {
  const remove = bounded(bounds, entry, (labels) => gauge.remove(labels));
  return {
    set: bounded(bounds, entry, (labels, value) => gauge.set(labels, value)),
    remove: (labels) => remove(labels, 0),
    reset: () => gauge.reset(),
  };
}

/** Records within bounds, and never throws. */
function bounded<M extends MetricEntry>(
  bounds: LabelBounds,
  entry: M,
  record: (labels: LabelSet<M>, value: number) => void,
): (raw: RawLabels, value: number) => void {
  return (raw, value) => {
    try {
      const labels = bounds.bound(entry, raw);
      // One NaN added to a counter would make it NaN for good.
      if (!Number.isFinite(value)) bounds.failed(entry);
      else if (labels !== null) record(labels, value);
    } catch {
      bounds.failed(entry);
    }
  };
}
