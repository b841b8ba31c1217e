/** Entries of the catalog as recorded metrics of a registry: get-or-create by name, named by the chosen naming. */
import type { LabelSet, MetricEntry } from '../catalog/metric.ts';
import { exposedAs, labelName, labelValue, metricName, type Naming } from '../catalog/naming.ts';
import {
  type Client,
  type Counter,
  type Gauge,
  type Histogram,
  type Labels,
  loadClient,
  type Registry,
} from './client.ts';
import { metricTaken } from './metric-taken.ts';

/** Options of every runtime factory. */
export interface RecorderOptions {
  /** Where metrics are registered. @default the global registry of the client that resolves */
  readonly registry?: Registry;
  /**
   * How metrics and labels are called; the same in every recorder, and in `telltale.config.ts`.
   * @default 'prometheus'
   */
  readonly naming?: Naming;
}

type CounterEntry = MetricEntry & { readonly kind: 'counter' };
type GaugeEntry = MetricEntry & { readonly kind: 'gauge' };
type HistogramEntry = MetricEntry & { readonly kind: 'histogram' };

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

/** Makes recorders for entries of the catalog on one registry, and forgets them all on `dispose()`. */
export interface MetricFactory {
  readonly registry: Registry;
  readonly naming: Naming;
  counter<M extends CounterEntry>(entry: M): CounterRecorder<M>;
  /** `collect` runs at each scrape. */
  gauge<M extends GaugeEntry>(entry: M, collect?: (gauge: GaugeRecorder<M>) => void | Promise<void>): GaugeRecorder<M>;
  histogram<M extends HistogramEntry>(entry: M): HistogramRecorder<M>;
  /** A metric of a class of our own, which the registry holds like one of the client's. */
  counted<T extends object>(entry: MetricEntry, create: () => T): T;
  /** Removes from the registry what this factory created (not what it found there). */
  dispose(): void;
}

const entryOf = Symbol.for('telltale.entry');

/** @throws TELLTALE_NO_CLIENT when no Prometheus client is installed. */
export function metricFactory(options: RecorderOptions = {}): MetricFactory {
  const client = loadClient();
  const registry = options.registry ?? client.register;
  const naming = options.naming ?? 'prometheus';
  const created: string[] = [];
  const getOrCreate = <T>(entry: MetricEntry, create: () => T, shape = shapeOf(entry, naming)): T => {
    const name = metricName(entry, naming);
    const found = registry.getSingleMetric(name);
    if (found !== undefined) return reuse<T>(found, shape, name);
    const metric = create();
    Object.defineProperty(metric, entryOf, { value: shape });
    created.push(name);
    return metric;
  };
  return {
    registry,
    naming,
    counter: (entry) =>
      counterRecorder(
        getOrCreate(entry, () => new client.Counter(configure(entry, naming, registry))),
        entry,
        naming,
      ),
    gauge: (entry, collect) => createGauge({ client, registry, naming, getOrCreate }, entry, collect),
    histogram: (entry) =>
      histogramRecorder(
        getOrCreate(entry, () => new client.Histogram(configure(entry, naming, registry))),
        entry,
        naming,
      ),
    counted: (entry, create) =>
      getOrCreate(
        entry,
        () => {
          const metric = create();
          registry.registerMetric(metric);
          return metric;
        },
        `counted ${shapeOf(entry, naming)}`,
      ),
    dispose: () => {
      for (const name of created.splice(0)) registry.removeSingleMetric(name);
    },
  };
}

interface GaugeContext {
  readonly client: Client;
  readonly registry: Registry;
  readonly naming: Naming;
  readonly getOrCreate: <T>(entry: MetricEntry, create: () => T) => T;
}

function createGauge<M extends GaugeEntry>(
  context: GaugeContext,
  entry: M,
  collect: ((gauge: GaugeRecorder<M>) => void | Promise<void>) | undefined,
): GaugeRecorder<M> {
  const { client, registry, naming } = context;
  const collector = collect === undefined ? {} : { collect: (): void | Promise<void> => collect(recorder) };
  const metric = context.getOrCreate(
    entry,
    () => new client.Gauge({ ...configure(entry, naming, registry), ...collector }),
  );
  const recorder = gaugeRecorder(metric, entry, naming);
  return recorder;
}

function configure(
  entry: MetricEntry,
  naming: Naming,
  registry: Registry,
): {
  name: string;
  help: string;
  labelNames: string[];
  registers: Registry[];
  aggregator?: string;
  buckets?: number[];
} {
  const { name, help, labels, aggregation, buckets } = exposedAs(entry, naming);
  return {
    name,
    help,
    labelNames: Object.keys(labels),
    registers: [registry],
    ...(aggregation === undefined ? {} : { aggregator: aggregation }),
    ...(buckets === undefined ? {} : { buckets: [...buckets] }),
  };
}

function reuse<T>(found: unknown, shape: string, name: string): T {
  if ((found as { [entryOf]?: string })[entryOf] === shape) return found as T;
  throw metricTaken(name);
}

/** Under its names: two namings may call a metric the same but not its labels. */
function shapeOf(entry: MetricEntry, naming: Naming): string {
  const { kind, labels, buckets = [] } = exposedAs(entry, naming);
  return JSON.stringify([kind, Object.keys(labels), buckets]);
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

function counterRecorder<M extends MetricEntry>(metric: Counter, entry: M, naming: Naming): CounterRecorder<M> {
  const rename = renamer(entry, naming);
  return { inc: (labels, value = 1) => metric.inc(rename(labels), value) };
}

function gaugeRecorder<M extends MetricEntry>(metric: Gauge, entry: M, naming: Naming): GaugeRecorder<M> {
  const rename = renamer(entry, naming);
  return {
    set: (labels, value) => metric.set(rename(labels), value),
    remove: (labels) => metric.remove(rename(labels)),
    reset: () => metric.reset(),
  };
}

function histogramRecorder<M extends MetricEntry>(metric: Histogram, entry: M, naming: Naming): HistogramRecorder<M> {
  const rename = renamer(entry, naming);
  return {
    observe: (labels, value) => metric.observe(rename(labels), value),
    zero: (labels) => metric.zero(rename(labels)),
  };
}
