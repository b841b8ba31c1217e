/** The recorder of one business metric, by its kind. */
import type { MetricDeclaration } from '../../catalog/declared-metric.ts';
import type { LabelSpec } from '../../catalog/labels.ts';
import type { MetricEntry } from '../../catalog/metric.ts';
import type { BusinessLabels, LabelArguments } from './model.ts';
import type { MoneyTotals } from './money.ts';
import type { RawLabels } from '../metrics/label-bounds.ts';
import type { BoundedMetrics } from '../metrics/bounded-metrics.ts';

export interface BusinessCounter<D extends MetricDeclaration> {
  /** Adds to the count, 1 unless told otherwise. */
  readonly inc: (...args: readonly [...LabelArguments<D>, value?: number]) => void;
}

export interface BusinessMoney<D extends MetricDeclaration> {
  /**
   * Adds whole minor units of the currency as ISO 4217 has them (cents; yen have none): exact, where a sum of floats would
   * drift. Exposed in major units. A counter never falls: refunds are another metric, and a negative amount is counted in
   * `telltale_label_errors_total` instead.
   */
  readonly addMinor: (labels: BusinessLabels<D>, minorUnits: number | bigint) => void;
}

export interface BusinessGauge<D extends MetricDeclaration> {
  readonly set: (...args: readonly [...LabelArguments<D>, value: number]) => void;
}

export interface BusinessHistogram<D extends MetricDeclaration> {
  readonly observe: (...args: readonly [...LabelArguments<D>, value: number]) => void;
}

/** The recorder that a declaration gets. */
export type BusinessRecorder<D extends MetricDeclaration> = D extends {
  readonly kind: 'counter';
  readonly unit: 'currency';
}
  ? BusinessMoney<D>
  : D extends { readonly kind: 'counter' }
    ? BusinessCounter<D>
    : D extends { readonly kind: 'gauge' }
      ? BusinessGauge<D>
      : BusinessHistogram<D>;

/** Plain JavaScript may call with anything; what cannot be recorded is counted in `telltale_label_errors_total`. */
type AnyRecorder = Readonly<Record<string, (...args: readonly unknown[]) => void>>;
type OfKind<K extends MetricEntry['kind']> = MetricEntry & { readonly kind: K };

/** More combinations of label values than this are not all made to exist at 0. */
const initialisedSeries = 200;

/** @param totalsOf The totals of a metric of money, which all its recorders share. */
export function recorderFor(
  metrics: BoundedMetrics,
  entry: MetricEntry,
  totalsOf: (entry: MetricEntry) => MoneyTotals,
): AnyRecorder {
  const isMoney = entry.unit === 'currency' && entry.kind === 'counter';
  if (isMoney) return moneyRecorder(metrics, entry as OfKind<'counter'>, totalsOf(entry));
  return { counter: counterRecorder, gauge: gaugeRecorder, histogram: histogramRecorder }[entry.kind](
    metrics,
    entry as never,
  );
}

function counterRecorder(metrics: BoundedMetrics, entry: OfKind<'counter'>): AnyRecorder {
  const counter = metrics.counter(entry);
  for (const labels of closedLabelSets(entry)) counter.inc(labels, 0);
  return { inc: recording(entry, (labels, value) => counter.inc(labels, value), 1) };
}

function gaugeRecorder(metrics: BoundedMetrics, entry: OfKind<'gauge'>): AnyRecorder {
  const gauge = metrics.gauge(entry);
  return { set: recording(entry, (labels, value) => gauge.set(labels, value)) };
}

function histogramRecorder(metrics: BoundedMetrics, entry: OfKind<'histogram'>): AnyRecorder {
  const histogram = metrics.histogram(entry);
  for (const labels of closedLabelSets(entry)) histogram.zero(labels);
  return { observe: recording(entry, (labels, value) => histogram.observe(labels, value)) };
}

function moneyRecorder(metrics: BoundedMetrics, entry: OfKind<'counter'>, totals: MoneyTotals): AnyRecorder {
  const counter = metrics.counter(entry);
  for (const labels of closedLabelSets(entry)) counter.inc(labels, 0);
  const addMinor = (labels: RawLabels, minorUnits: number | bigint): void => {
    try {
      const currency = String(labels['currency']).toLowerCase();
      const series = { ...labels, currency };
      counter.inc(series, totals.add(seriesKey(entry, series), currency, minorUnits));
    } catch {
      metrics.failed(entry);
    }
  };
  return { addMinor: addMinor as AnyRecorder[string] };
}

/** Splits arguments into labels and value: a metric without labels takes the value alone. */
function recording(
  entry: MetricEntry,
  record: (labels: RawLabels, value: number) => void,
  defaultValue?: number,
): (...args: readonly unknown[]) => void {
  const hasLabels = Object.keys(entry.labels).length > 0;
  return (...args) => {
    const [labels, value = defaultValue] = hasLabels ? args : [{}, ...args];
    record((labels ?? {}) as RawLabels, value as number);
  };
}

/** Every combination of values where all labels are closed lists; none where one is only capped. */
function closedLabelSets(entry: MetricEntry): RawLabels[] {
  let sets: RawLabels[] = [{}];
  for (const [label, spec] of Object.entries<LabelSpec>(entry.labels)) {
    const values = spec.values ?? [];
    sets = sets.flatMap((set) => values.map((value) => ({ ...set, [label]: value })));
    if (sets.length > initialisedSeries) return [];
  }
  return sets;
}

function seriesKey(entry: MetricEntry, labels: RawLabels): string {
  return JSON.stringify(Object.keys(entry.labels).map((label) => String(labels[label])));
}
