/** Recorders over metrics of a client: labels in the catalog's words, as the naming spells them. */
import type { LabelSet, MetricEntry } from '../../catalog/metric.ts';
import { labelName, labelValue, type Naming } from '../../catalog/naming.ts';
import type { Counter, Gauge, Histogram, Labels } from './client.ts';

export interface CounterRecorder<M extends MetricEntry> {
  /** Adds to the series, by 1 unless told otherwise; 0 makes the series exist. */
  inc(labels: LabelSet<M>, value?: number): void;
}

export interface GaugeRecorder<M extends MetricEntry> {
  set(labels: LabelSet<M>, value: number): void;
  remove(labels: LabelSet<M>): void;
  reset(): void;
}

export interface HistogramRecorder<M extends MetricEntry> {
  observe(labels: LabelSet<M>, value: number): void;
  /** Makes the series exist with no observation. */
  zero(labels: LabelSet<M>): void;
}

/** Renames the labels of a set, and the values that are spelt otherwise. */
function renamer(entry: MetricEntry, naming: Naming): (labels: Labels) => Labels {
  const names = Object.keys(entry.labels).map((label) => [label, labelName(entry, label, naming)] as const);
  const isPlain = ([label, name]: (typeof names)[number]): boolean =>
    label === name &&
    (entry.labels[label]?.values?.every((value) => labelValue(entry, label, value, naming) === value) ?? true);
  if (names.every(isPlain)) return (labels) => ({ ...labels });
  const valueOf = (label: string, value: string | number = ''): string =>
    labelValue(entry, label, String(value), naming);
  return (labels) => Object.fromEntries(names.map(([label, name]) => [name, valueOf(label, labels[label])]));
}

export function counterRecorder<M extends MetricEntry>(metric: Counter, entry: M, naming: Naming): CounterRecorder<M> {
  const rename = renamer(entry, naming);
  return { inc: (labels, value = 1) => metric.inc(rename(labels), value) };
}

export function gaugeRecorder<M extends MetricEntry>(metric: Gauge, entry: M, naming: Naming): GaugeRecorder<M> {
  const rename = renamer(entry, naming);
  return {
    set: (labels, value) => metric.set(rename(labels), value),
    remove: (labels) => metric.remove(rename(labels)),
    reset: () => metric.reset(),
  };
}

export function histogramRecorder<M extends MetricEntry>(
  metric: Histogram,
  entry: M,
  naming: Naming,
): HistogramRecorder<M> {
  const rename = renamer(entry, naming);
  return {
    observe: (labels, value) => metric.observe(rename(labels), value),
    zero: (labels) => metric.zero(rename(labels)),
  };
}
