/** A registry with every kind of metric that an application may have beside ours, and one of ours. */
import * as successor from '@prometheus-io/client';
import * as promClient from 'prom-client';
import { httpCatalog } from '../../src/catalog/http.ts';
import { CountedHistogram } from '../../src/instrument/metrics/counted-histogram.ts';

export type AnyRegistry = promClient.Registry<promClient.RegistryContentType>;
export type AnyClient = typeof promClient;

/** Both packages have the same shape; only one can give the types. */
export const bothClients: readonly (readonly [string, AnyClient])[] = [
  ['prom-client', promClient],
  ['@prometheus-io/client', successor as unknown as AnyClient],
];

export const openMetrics = promClient.openMetricsContentType;

/** Set to a format. The constructor would take it, but prom-client's types do not say so. */
export function newRegistry({ Registry }: AnyClient, contentType: string): AnyRegistry {
  const registry: AnyRegistry = new Registry();
  registry.setContentType(contentType as promClient.RegistryContentType);
  return registry;
}

const observed = [0.004, 0.005, 0.3, 0.7, 1, 1.5, 99];

export function fillRegistry(client: AnyClient, registry: AnyRegistry): void {
  fillTheirs(client, registry);
  fillOurs(registry);
}

export function fillTheirs({ Counter, Gauge, Histogram, Summary }: AnyClient, registry: AnyRegistry): void {
  const registers = [registry];
  const common = { help: 'A text with a \\ and\na line feed.', registers };
  new Counter({ ...common, name: 'plain_total' }).inc(3);
  const paths = new Counter({ ...common, name: 'paths_total', labelNames: ['path', 'code'] });
  paths.inc({ path: 'C:\\dir\n"quoted" \u{1F600} é', code: 200 }, 1e21);
  paths.inc({ path: '' }, 0.1 + 0.2);
  registry.registerMetric(new Counter({ ...common, name: 'never_counted_total', labelNames: ['a'], registers: [] }));
  const levels = new Gauge({ ...common, name: 'level', labelNames: ['of'] });
  for (const [of, value] of Object.entries({ up: Infinity, down: -Infinity, zero: -0, small: 5e-324 })) {
    levels.set({ of }, value);
  }
  const later = async (): Promise<void> => collected.set(await Promise.resolve(42));
  const collected: promClient.Gauge = new Gauge({ ...common, name: 'collected', collect: later });
  const histogram = new Histogram({
    ...common,
    name: 'labelled_seconds',
    labelNames: ['a', 'b'],
    buckets: [0.5, 1, 10],
  });
  const summary = new Summary({ ...common, name: 'quantiles_seconds', labelNames: ['a'], percentiles: [0.5, 1] });
  const bare = new Histogram({ ...common, name: 'bare_seconds', buckets: [0.5, 1] });
  for (const value of observed) {
    histogram.observe({ a: 'x', b: 'y"' }, value);
    histogram.observe({ a: 'x', b: 'z' }, value * 2);
    summary.observe({ a: 'x' }, value);
    bare.observe(value);
  }
}

export function fillOurs(registry: AnyRegistry): CountedHistogram {
  const ours = new CountedHistogram(httpCatalog.duration, 'prometheus');
  for (const route of ['/users/:id', '/"quoted"\\', 'unmatched']) {
    const counts = ours.addSeries({ method: 'GET', route, status_code: '200' });
    for (const value of route === 'unmatched' ? [] : observed) ours.observe(counts, value);
  }
  registry.registerMetric(ours as never);
  return ours;
}

/** The client's own histogram, with what `fillOurs()` has observed. */
export function fillStock({ Histogram }: AnyClient, registry: AnyRegistry): promClient.Histogram {
  const { name, help, labels, buckets } = httpCatalog.duration;
  const stock = new Histogram({
    name,
    help,
    labelNames: Object.keys(labels),
    buckets: [...buckets],
    registers: [registry],
  });
  for (const route of ['/users/:id', '/"quoted"\\', 'unmatched']) {
    const series = { method: 'GET', route, status_code: '200' };
    stock.zero(series);
    for (const value of route === 'unmatched' ? [] : observed) stock.observe(series, value);
  }
  return stock;
}
