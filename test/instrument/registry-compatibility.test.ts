import type * as promClient from 'prom-client';
import { describe, expect, test } from 'vitest';
import { httpCatalog } from '../../src/catalog/http.ts';
import {
  type AnyClient,
  type AnyRegistry,
  bothClients,
  fillOurs,
  fillStock,
  newRegistry,
  openMetrics,
} from '../support/every-kind.ts';

const { name } = httpCatalog.duration;

/** The same observations, once in our histogram and once in the client's own. */
function bothRegistries(client: AnyClient, contentType: string): readonly [ours: AnyRegistry, stock: AnyRegistry] {
  const [ours, stock] = [newRegistry(client, contentType), newRegistry(client, contentType)];
  fillOurs(ours);
  fillStock(client, stock);
  return [ours, stock];
}

describe.each(
  bothClients.flatMap(([title, client]) => [
    { title: `${title}, text`, client, contentType: client.prometheusContentType as string },
    { title: `${title}, OpenMetrics`, client, contentType: openMetrics },
  ]),
)('a histogram of httpMetrics() in a registry of $title', ({ client, contentType }) => {
  test('comes out of metrics() and getSingleMetricAsString() like a stock one', async () => {
    const [ours, stock] = bothRegistries(client, contentType);
    expect(await ours.metrics()).toBe(await stock.metrics());
    expect(await ours.getSingleMetricAsString(name)).toBe(await stock.getSingleMetricAsString(name));
  });

  test.each([{}, { env: 'prod', route: 'default', le: 'default' }])(
    'comes out of getMetricsAsJSON() like a stock one with default labels %j, each time afresh',
    async (defaults) => {
      const [ours, stock] = bothRegistries(client, contentType);
      for (const registry of [ours, stock]) registry.setDefaultLabels(defaults);
      const [first, second] = [await ours.getMetricsAsJSON(), await ours.getMetricsAsJSON()];
      expect(first).toStrictEqual(await stock.getMetricsAsJSON());
      expect(second).toStrictEqual(first);
      const values = [...first, ...second].flatMap((metric) => [...((metric as { values?: object[] }).values ?? [])]);
      const labels = values.map((value) => (value as { labels: object }).labels);
      expect([new Set(values).size, new Set(labels).size]).toEqual([values.length, values.length]);
    },
  );

  test('is found by name', () => {
    const [ours] = bothRegistries(client, contentType);
    expect(ours.getSingleMetric(name)).toMatchObject({ name, type: 'histogram', aggregator: 'sum' });
  });

  test('is removed by removeSingleMetric() and by clear()', async () => {
    for (const remove of [(each: AnyRegistry) => each.removeSingleMetric(name), (each: AnyRegistry) => each.clear()]) {
      const [ours, stock] = bothRegistries(client, contentType);
      for (const registry of [ours, stock]) remove(registry);
      expect([ours.getSingleMetric(name), await ours.metrics()]).toEqual([undefined, await stock.metrics()]);
    }
  });

  test('keeps its series at 0 after resetMetrics(), and counts on', async () => {
    const registry = newRegistry(client, contentType);
    const ours = fillOurs(registry);
    const counts = ours.addSeries({ method: 'PUT', route: '/', status_code: '200' });
    ours.observe(counts, 1);
    registry.resetMetrics();
    ours.observe(counts, 2);
    const counted = (await valuesOf(registry)).filter((value) => value.metricName === `${name}_count`);
    expect(counted.map(({ value }) => value)).toEqual([0, 0, 0, 1]);
  });

  test('is part of Registry.merge()', async () => {
    const [ours, stock] = bothRegistries(client, contentType);
    const merged = [ours, stock].map((registry) => {
      const other = newRegistry(client, contentType);
      other.registerMetric(new client.Gauge({ name: 'level', help: 'help', registers: [] }));
      return client.Registry.merge([registry, other] as promClient.Registry[]);
    });
    expect(await merged[0]?.metrics()).toBe(await merged[1]?.metrics());
  });

  test('adds up in AggregatorRegistry.aggregate(), also with stock ones and after a trip as JSON', async () => {
    const [ours, stock] = bothRegistries(client, contentType);
    const [a, b] = [await ours.getMetricsAsJSON(), await stock.getMetricsAsJSON()];
    const aggregate = (parts: readonly object[]): Promise<string> =>
      client.AggregatorRegistry.aggregate(JSON.parse(JSON.stringify(parts)) as object[]).metrics();
    const expected = await aggregate([b, b]);
    expect(expected).toContain(`${name}_count{method="GET",route="/users/:id",status_code="200"} 14\n`);
    expect([await aggregate([a, a]), await aggregate([a, b]), await aggregate([b, a])]).toEqual(
      [1, 2, 3].map(() => expected),
    );
  });

  test('has the latest exemplar of each bucket', async () => {
    const registry = newRegistry(client, contentType);
    const ours = fillOurs(registry);
    const counts = ours.addSeries({ method: 'PUT', route: '/', status_code: '200' });
    for (const [traceId, value] of [
      ['first', 0.3],
      ['second', 0.31],
      ['above', 99],
    ] as const) {
      ours.observe(counts, value, { traceId, spanId: 'span', isSampled: true });
    }
    ours.observe(counts, 0.32, { traceId: 'unsampled', spanId: 'span', isSampled: false });
    const exemplars = (await valuesOf(registry)).flatMap(({ labels, exemplar }) =>
      exemplar ? [[labels['le'], exemplar.labelSet, exemplar.value]] : [],
    );
    expect(exemplars).toEqual([
      [0.5, { trace_id: 'second', span_id: 'span' }, 0.31],
      ['+Inf', { trace_id: 'above', span_id: 'span' }, 99],
    ]);
    const inText = (await registry.metrics()).match(/trace_id="\w+"/g);
    expect(inText).toEqual(contentType === openMetrics ? ['trace_id="second"', 'trace_id="above"'] : null);
  });
});

interface JsonValue {
  readonly metricName: string;
  readonly labels: Readonly<Record<string, unknown>>;
  readonly value: number;
  readonly exemplar?: { readonly labelSet: object; readonly value: number } | null;
}

async function valuesOf(registry: AnyRegistry): Promise<readonly JsonValue[]> {
  const metrics = (await registry.getMetricsAsJSON()) as unknown as readonly { name: string; values: JsonValue[] }[];
  return metrics.find((metric) => metric.name === name)?.values ?? [];
}
