/** The same metrics made with the client's own classes. */
import type { Registry } from 'telltale';

export type Labels = Record<string, string | number>;

export interface ExposedMetric {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly values: readonly { readonly metricName?: string; readonly labels: Labels; readonly value: number }[];
}

export interface Client {
  readonly Registry: new () => Registry;
  readonly Counter: new (options: object) => { inc(labels: Labels, value: number): void };
  readonly Gauge: new (options: object) => { set(labels: Labels, value: number): void };
  readonly Histogram: new (options: object) => { observe(labels: Labels, value: number): void };
}

/** Histograms must hold one observation per label set: its value is then their sum. */
export function copyMetrics(metrics: readonly ExposedMetric[], client: Client): Registry {
  const registry = new client.Registry();
  for (const metric of metrics) copyMetric(metric, client, registry);
  return registry;
}

/** A histogram's buckets are one label set. */
export function labelSetsIn(metrics: readonly ExposedMetric[]): number {
  return metrics.flatMap(({ type, values }) =>
    type === 'histogram' ? values.filter(({ metricName }) => metricName?.endsWith('_sum')) : values,
  ).length;
}

function copyMetric(metric: ExposedMetric, client: Client, registry: Registry): void {
  const { name, help, type, values } = metric;
  const options = { name, help, labelNames: labelNamesOf(metric), registers: [registry] };
  if (type === 'histogram') {
    const histogram = new client.Histogram({ ...options, buckets: boundsOf(metric) });
    for (const { metricName, labels, value } of values) {
      if (metricName?.endsWith('_sum')) histogram.observe(ownLabels(labels), value);
    }
  } else if (type === 'counter') {
    const counter = new client.Counter(options);
    for (const { labels, value } of values) counter.inc(ownLabels(labels), value);
  } else {
    const gauge = new client.Gauge(options);
    for (const { labels, value } of values) gauge.set(ownLabels(labels), value);
  }
}

/** As an application writes them down: all of one shape, where a clone would take over a shape that only its source has. */
function ownLabels(labels: Labels): Labels {
  return Object.fromEntries(Object.entries(labels));
}

/** The client puts a metric without labels at 0 from the start: one that has no value yet gets a label that is not used. */
function labelNamesOf({ values }: ExposedMetric): string[] {
  if (values.length === 0) return ['unused'];
  return [...new Set(values.flatMap(({ labels }) => Object.keys(labels)))].filter((name) => name !== 'le');
}

function boundsOf({ values }: ExposedMetric): number[] {
  const bounds = values.map(({ labels }) => Number(labels['le'])).filter((bound) => Number.isFinite(bound));
  return [...new Set(bounds)];
}
