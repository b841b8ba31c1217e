/** Asks every metric of a registry for its values, without changing the registry's state. */
import type { Registry } from '../metrics/client.ts';
import { formatOf } from './format.ts';
import {
  type ExposedMetric,
  type RegisteredMetric,
  type SeriesWriter,
  writeSeries,
} from '../metrics/exposed-values.ts';

export interface CollectedMetric {
  /** As it was registered: a second registry in OpenMetrics cuts the suffix off the object that both hold. */
  readonly name: string;
  readonly values: ExposedMetric | SeriesWriter;
}

export interface Collected {
  readonly metrics: readonly CollectedMetric[];
  /** Formatted, by name. */
  readonly defaultLabels: ReadonlyMap<string, string>;
}

/** On a registry that exposes more than it holds: gives all of it. */
export const collectAll = Symbol.for('telltale.collect-all');

interface CollectingRegistry {
  readonly [collectAll]?: () => Promise<readonly unknown[]>;
}

/** @throws what a `collect` of the application's throws */
export async function collectMetrics(registry: Registry): Promise<Collected> {
  const all = await ((registry as CollectingRegistry)[collectAll]?.() ?? registry.getMetricsAsArray());
  const registered = all as readonly RegisteredMetric[];
  const [defaultLabels, ...metrics] = await Promise.all([
    readDefaultLabels(registry),
    ...registered.map((metric) => collectMetric(registry, metric)),
  ]);
  return { metrics, defaultLabels };
}

async function collectMetric(registry: Registry, metric: RegisteredMetric): Promise<CollectedMetric> {
  const values = writesSeries(metric) ? metric : await (metric.getForPromString?.() ?? metric.get());
  const name = values.type === 'counter' ? counterName(registry, metric, values.name) : values.name;
  return { name, values };
}

function writesSeries(metric: RegisteredMetric): metric is SeriesWriter {
  return writeSeries in metric;
}

/** In a registry of OpenMetrics every counter has the suffix, whatever it was called. */
function counterName(registry: Registry, metric: RegisteredMetric, name: string): string {
  const full = `${name.replace(/_total$/, '')}_total`;
  if (formatOf(registry.contentType) === 'openmetrics') return full;
  return registry.getSingleMetric(name) !== metric && registry.getSingleMetric(full) === metric ? full : name;
}

/** In both clients, but not in prom-client's types. */
interface FormattingRegistry {
  getMetricsAsString(metric: RegisteredMetric): Promise<string>;
}

/** The registry has no public way to read them: it formats a metric that has nothing else. */
async function readDefaultLabels(registry: Registry): Promise<ReadonlyMap<string, string>> {
  const probe: ExposedMetric = { name: 'probe', help: 'probe', type: 'gauge', values: [{ labels: {}, value: 1 }] };
  const formatting = registry as unknown as FormattingRegistry;
  const text = await formatting.getMetricsAsString({ name: probe.name, get: () => probe });
  const labels = [...text.matchAll(/([^\s{,"]+)="(?:[^"\\]|\\.)*"/g)];
  return new Map(labels.map(([formatted, name = '']) => [name, formatted]));
}
