import { describe, expect, test } from 'vitest';
import { httpCatalog } from '../../src/catalog/http.ts';
import { collectMetrics } from '../../src/instrument/exposition/collect.ts';
import { writeExposition } from '../../src/instrument/exposition/write.ts';
import { CountedCounter } from '../../src/instrument/metrics/counted-counter.ts';
import { type AnyClient, type AnyRegistry, bothClients, newRegistry, openMetrics } from '../support/every-kind.ts';

const { name, help, labels } = httpCatalog.aborted;
const routes = ['/users/:id', '/"quoted"\\\n\u{1F600}', 'unmatched'];

/** The same counts, once in ours and once in the client's own. */
function bothRegistries(client: AnyClient, contentType: string): readonly [ours: AnyRegistry, stock: AnyRegistry] {
  const [ours, stock] = [newRegistry(client, contentType), newRegistry(client, contentType)];
  const counter = new CountedCounter(httpCatalog.aborted, 'prometheus');
  ours.registerMetric(counter as never);
  const theirs = new client.Counter({ name, help, labelNames: Object.keys(labels), registers: [stock] });
  for (const [times, route] of routes.entries()) {
    const series = { method: 'GET', route, phase: 'mid_stream' };
    const count = counter.addSeries(series);
    for (let time = 0; time < times; time += 1) counter.inc(count);
    theirs.inc(series, times);
  }
  return [ours, stock];
}

describe.each(
  bothClients.flatMap(([title, client]) => [
    { title: `${title}, text`, client, contentType: client.prometheusContentType as string },
    { title: `${title}, OpenMetrics`, client, contentType: openMetrics },
  ]),
)('a counter of httpMetrics() in a registry of $title', ({ client, contentType }) => {
  test.each([{}, { env: 'prod', zone: 'a"b', route: 'default' }])(
    'is exposed like a stock one with default labels %j',
    async (defaults) => {
      const [ours, stock] = bothRegistries(client, contentType);
      for (const registry of [ours, stock]) registry.setDefaultLabels(defaults);
      expect(await ours.getMetricsAsJSON()).toStrictEqual(await stock.getMetricsAsJSON());
      for (const format of ['text', 'openmetrics'] as const) {
        const [page, expected] = [await collectMetrics(ours), await collectMetrics(stock)].map((collected) =>
          writeExposition(collected, format).body.toString(),
        );
        expect(page).toBe(expected);
      }
      expect(await ours.metrics()).toBe(await stock.metrics());
    },
  );

  test('adds up with stock ones in AggregatorRegistry.aggregate()', async () => {
    const [ours, stock] = bothRegistries(client, contentType);
    const [a, b] = [await ours.getMetricsAsJSON(), await stock.getMetricsAsJSON()];
    const aggregate = (parts: readonly object[]): Promise<string> =>
      client.AggregatorRegistry.aggregate(JSON.parse(JSON.stringify(parts)) as object[]).metrics();
    expect(await aggregate([a, b])).toBe(await aggregate([b, b]));
  });

  test('keeps its series at 0 after resetMetrics()', async () => {
    const [ours] = bothRegistries(client, contentType);
    ours.resetMetrics();
    const page = writeExposition(await collectMetrics(ours), 'text').body.toString();
    expect(page.match(/ \d+$/gm)).toEqual([' 0', ' 0', ' 0']);
  });
});
