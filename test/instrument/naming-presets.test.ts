import { Counter, Registry } from 'prom-client';
import { afterEach, describe, expect, test } from 'vitest';
import { allPresets } from '../../src/catalog/presets/all-presets.ts';
import type { Naming } from '../../src/catalog/naming.ts';
import type { Registry as AnyRegistry } from '../../src/instrument/metrics/client.ts';
import { errorMetrics } from '../../src/instrument/errors/errors-middleware.ts';
import { httpMetrics, type HttpMetricsMiddleware } from '../../src/instrument/http/http-metrics.ts';
import { metricsEndpoint } from '../../src/instrument/exposition/metrics-endpoint.ts';
import { observe } from '../../src/instrument/observe.ts';
import { serviceInfo } from '../../src/instrument/runtime/service-info.ts';
import { clients } from '../support/clients.ts';
import { scrape } from '../support/exposition.ts';
import { requestsSettle } from '../support/express-exposition.ts';
import { expressLines, type ExpressLine } from '../support/express-lines.ts';
import { ok } from '../support/express-rows.ts';
import { type RunningServer, startServer } from '../support/express-server.ts';

const [line] = expressLines.toReversed() as [ExpressLine];
const openMetrics = { accept: 'application/openmetrics-text; version=1.0.0' };

let running: RunningServer | undefined;

afterEach(async () => {
  await running?.close();
  running = undefined;
});

async function serve(middleware: HttpMetricsMiddleware, registry: AnyRegistry): Promise<RunningServer> {
  const app = line.express().use(middleware).get('/metrics', metricsEndpoint({ registry })).get('/a', ok);
  running = await startServer(app);
  return running;
}

describe.each(clients)('counter of requests of naming "promster" on %s', (_, newRegistry) => {
  test('follows the histogram in text, in OpenMetrics and after a reset', async () => {
    const registry = newRegistry() as AnyRegistry & { resetMetrics(): void };
    const server = await serve(httpMetrics({ registry, naming: 'promster' }), registry);
    for (const method of ['GET', 'GET', 'HEAD']) await server.send({ path: '/a', method });
    await requestsSettle(registry);
    const counted = { 'get /a 200': 2, 'head /a 200': 1 };
    expect((await scrape(registry)).series('http_requests_total')).toEqual(counted);
    const page = await server.send({ path: '/metrics', headers: openMetrics });
    expect(page?.body.split('\n').filter((each) => /http_requests(?:_total)?[ {]/.test(each))).toEqual([
      '# HELP http_requests Requests answered, streams and upgrades left out.',
      '# TYPE http_requests counter',
      'http_requests_total{method="get",path="/a",status_code="200"} 2',
      'http_requests_total{method="head",path="/a",status_code="200"} 1',
    ]);
    registry.resetMetrics();
    expect((await scrape(registry)).series('http_requests_total')).toEqual({ 'get /a 200': 0, 'head /a 200': 0 });
  });
});

describe.each(allPresets.map(({ id }) => id))('naming "%s"', (naming) => {
  test('leaves nothing on the registry once it is disposed of', () => {
    const registry = new Registry();
    const observed = observe({ use: () => undefined }, { registry, naming });
    expect(registry.getSingleMetric('http_request_duration_seconds')).toBeDefined();
    observed.dispose();
    expect(registry.getMetricsAsArray()).toEqual([]);
  });

  test('does not share a registry with another naming', () => {
    const registry = new Registry();
    httpMetrics({ registry });
    const before = registry.getMetricsAsArray();
    expect(() => httpMetrics({ registry, naming })).toThrow(expect.objectContaining({ code: 'TELLTALE_METRIC_TAKEN' }));
    expect(registry.getMetricsAsArray()).toEqual(before);
  });

  test('exposes nothing called "up", which is for Prometheus to say', () => {
    const registry = new Registry();
    const observed = observe({ use: () => undefined }, { registry, naming });
    expect(registry.getSingleMetric('up')).toBeUndefined();
    observed.dispose();
  });
});

test('a metric that two namings call the same is not shared where its labels differ', () => {
  const registry = new Registry();
  errorMetrics({ registry });
  expect(() => errorMetrics({ registry, naming: 'promster' })).toThrow(
    expect.objectContaining({ code: 'TELLTALE_METRIC_TAKEN' }),
  );
});

test('naming "promster" registers nothing where the app has a counter of that name', () => {
  const registry = new Registry();
  const taken = new Counter({ name: 'http_requests_total', help: 'taken', registers: [registry] });
  expect(() => httpMetrics({ registry, naming: 'promster' })).toThrow(
    expect.objectContaining({
      code: 'TELLTALE_METRIC_TAKEN',
      message: 'Cannot register metric "http_requests_total" as the registry already has another metric of that name',
    }),
  );
  expect(registry.getMetricsAsArray()).toEqual([taken]);
});

test('naming "promster" spells methods its way in what promster does not have, too', async () => {
  const registry = new Registry();
  const server = await serve(httpMetrics({ registry, naming: 'promster', timeToHeaders: 'all' }), registry);
  await server.send({ path: '/a' });
  await requestsSettle(registry);
  const { series } = await scrape(registry);
  expect([series('http_requests_aborted_total'), series('http_time_to_headers_seconds_count')]).toEqual([
    { 'get /a before_headers': 0, 'get /a mid_stream': 0 },
    { 'get /a': 1 },
  ]);
});

test('naming "promster" takes its counter off a registry of OpenMetrics, which renames it', async () => {
  const registry = new Registry();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE as never);
  const middleware = httpMetrics({ registry, naming: 'promster' });
  const server = await serve(middleware, registry);
  await server.send({ path: '/a' });
  await requestsSettle(registry);
  expect(await registry.metrics()).toContain('\nhttp_requests_total{method="get",path="/a",status_code="200"} 1\n');
  middleware.dispose();
  // Those of the endpoint, which is still there.
  expect(registry.getMetricsAsArray().map(({ name }) => name)).toEqual([
    'telltale_label_errors',
    'telltale_series',
    'telltale_scrape_duration_seconds',
  ]);
});

test.each([
  ['1.20.3', { version: '1.20.3', major: '1', minor: '20', patch: '3' }],
  ['v2.0.1-beta.4', { version: 'v2.0.1-beta.4', major: '2', minor: '0', patch: '1' }],
  ['main', { version: 'main', major: '', minor: '', patch: '' }],
])('naming "prometheus-api-metrics" says version %s', async (version, labels) => {
  const registry = new Registry();
  serviceInfo({ registry, naming: 'prometheus-api-metrics', version: '0.0.1' });
  serviceInfo({ registry, naming: 'prometheus-api-metrics', version });
  const versions = (await scrape(registry)).samples.filter(({ name }) => name === 'app_version');
  expect(versions).toEqual([{ name: 'app_version', labels, value: 1 }]);
});

test('naming "otel" records an unknown method as the conventions ask', async () => {
  const registry = new Registry();
  const naming: Naming = 'otel';
  const server = await serve(httpMetrics({ registry, naming }), registry);
  await server.send({ path: '/a', method: 'PROPFIND' });
  await requestsSettle(registry, 'http_server_active_requests');
  const { series } = await scrape(registry);
  expect([
    series('http_server_request_duration_seconds_count'),
    series('http_server_request_body_size_bytes_count'),
    series('http_server_response_body_size_bytes_count'),
  ]).toEqual([{ '_OTHER 404 unmatched': 1 }, { '_OTHER unmatched': 1 }, { '_OTHER unmatched': 1 }]);
});
