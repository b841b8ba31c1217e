/** Entries of the catalog as recorded metrics of a registry: get-or-create by name, named by the chosen naming. */
import type { MetricEntry } from '../../catalog/metric.ts';
import { exposedAs, metricName, type Naming } from '../../catalog/naming.ts';
import {
  counterRecorder,
  type CounterRecorder,
  gaugeRecorder,
  type GaugeRecorder,
  histogramRecorder,
  type HistogramRecorder,
} from './catalog-recorders.ts';
import { type Client, loadClient, type Registry } from './client.ts';
import { countUse, markUse, type MetricMaker, reuse, type UsedMetric } from './metric-use.ts';

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
  /** Takes from the registry what this factory uses, unless another still does. */
  dispose(): void;
}

/** @throws TELLTALE_NO_CLIENT when no Prometheus client is installed. */
export function metricFactory(options: RecorderOptions = {}): MetricFactory {
  const client = loadClient();
  const registry = options.registry ?? client.register;
  const naming = options.naming ?? 'prometheus';
  const used = new Map<string, UsedMetric>();
  const getOrCreate = <T>(entry: MetricEntry, create: () => T, maker: MetricMaker = 'client'): T => {
    const name = metricName(entry, naming);
    const found = registry.getSingleMetric(name) as T | undefined;
    const wanted = { entry, naming, maker };
    const metric = found === undefined ? markUse(create(), wanted) : reuse(found, wanted);
    if (used.get(name) !== metric) countUse(metric, 1);
    used.set(name, metric as UsedMetric);
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
    counted: (entry, create) => getOrCreate(entry, () => registered(registry, create()), 'counted'),
    dispose: () => {
      for (const [name, metric] of used) {
        const isLast = countUse(metric, -1) === 0;
        if (isLast && registry.getSingleMetric(name) === metric) registry.removeSingleMetric(name);
      }
      used.clear();
    },
  };
}

function registered<T extends object>(registry: Registry, metric: T): T {
  registry.registerMetric(metric);
  return metric;
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
