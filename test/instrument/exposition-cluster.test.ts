import type { Counter, Gauge } from 'prom-client';
import { describe, expect, test } from 'vitest';
import { aggregateCluster } from '../../src/instrument/exposition/cluster.ts';
import { packMetrics, unpackMetrics } from '../../src/instrument/exposition/workers-message.ts';
import { metricsEndpoint } from '../../src/instrument/exposition/metrics-endpoint.ts';
import { parseExposition } from '../support/exposition.ts';
import { startServer } from '../support/express-server.ts';
import { bothClients, fillOurs } from '../support/every-kind.ts';

describe.each(bothClients)('aggregateCluster() in a process of no cluster, with %s', (_, client) => {
  test('exposes the metrics of the process itself', async () => {
    const registry = new client.Registry();
    fillOurs(registry);
    const aggregated = aggregateCluster({ registry });
    const expected = await registry.metrics();
    const silent = 'telltale_workers_silent';
    const help = `# HELP ${silent} Workers of the cluster, and threads, that did not answer the last scrape in time.`;
    expect(await aggregated.registry.metrics()).toBe(`${help}\n# TYPE ${silent} gauge\n${silent} 0\n\n${expected}`);
  });

  test('adds up metrics that name no aggregator', async () => {
    const registry = new client.Registry();
    const custom = { name: 'custom', help: 'help', type: 'gauge', values: [{ labels: { a: 'b' }, value: 7 }] };
    registry.registerMetric({ name: 'custom', get: () => custom } as never);
    expect(await aggregateCluster({ registry }).registry.metrics()).toContain('\ncustom{a="b"} 7\n');
  });

  test('shows the gauges of the page itself, and adds up its counters with those of the process', async () => {
    const registry = new client.Registry();
    const own = metricsEndpoint({ registry });
    const lost = registry.getSingleMetric('telltale_label_errors_total') as Counter;
    lost.inc({ metric: 'telltale_series' }, 5);
    (registry.getSingleMetric('telltale_series') as Gauge).set(900);
    const server = await startServer(metricsEndpoint({ registry: aggregateCluster({ registry }).registry }));
    const page = await server.send({ path: '/' });
    await server.close();
    own.dispose();
    const shown = parseExposition(page?.body ?? '').map(({ name, value }) => `${name} ${value}`);
    expect(shown.toSorted()).toEqual([
      'telltale_label_errors_total 0',
      'telltale_label_errors_total 5',
      'telltale_scrape_duration_seconds 0',
      'telltale_series 0',
      'telltale_workers_silent 0',
    ]);
  });
});

describe('aggregateCluster()', () => {
  test('refuses a timeout that is none', () => {
    expect(() => aggregateCluster({ timeoutMillis: 0 })).toThrow(
      expect.objectContaining({
        code: 'TELLTALE_OPTION',
        message:
          'Cannot use aggregateCluster(): option "timeoutMillis" must be a positive number of milliseconds, got 0',
      }),
    );
  });
});

describe('packMetrics()', () => {
  test('carries what JSON cannot', () => {
    const metrics = [{ name: 'a', type: 'gauge', values: [NaN, Infinity, -Infinity, 0.1].map((value) => ({ value })) }];
    expect(unpackMetrics(packMetrics(metrics))).toEqual(metrics);
  });
});
