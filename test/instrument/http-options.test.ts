import type { IncomingMessage } from 'node:http';
import { Registry } from 'prom-client';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { instrumentListener } from '../../src/http.ts';
import { httpMetrics } from '../../src/instrument/http/http-metrics.ts';
import type { HttpMetricsOptions } from '../../src/instrument/http/options.ts';
import { scrape } from '../support/exposition.ts';
import { recordedRequests, requestsSettle } from '../support/express-exposition.ts';
import { expressLines } from '../support/express-lines.ts';
import { boom, ok } from '../support/express-rows.ts';
import { startServer } from '../support/express-server.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const route = ({ url }: IncomingMessage): string | undefined => {
  if (url === '/boom') return boom();
  return url?.startsWith('/users/') === true ? '/users/:id' : undefined;
};

describe('httpMetrics() refuses', () => {
  test.each([
    [{ routeCap: 0 }, 'Cannot use httpMetrics(): option "routeCap" must be a positive whole number, got 0'],
    [
      { registry: {} },
      'Cannot use httpMetrics(): option "registry" must be a registry of prom-client or @prometheus-io/client, got an object',
    ],
    [
      { naming: 'classic' },
      'Cannot use httpMetrics(): option "naming" must be "prometheus", "otel", "express-prom-bundle", "prometheus-api-metrics", "promster" or an object of names, got "classic"',
    ],
    [
      { ignorePaths: ['healthz'] },
      'Cannot use httpMetrics(): option "ignorePaths" must be a list of paths that start with "/", got an object',
    ],
    [
      { skip: true, ignore: [] },
      'Cannot use httpMetrics(): option "skip" must be a function, got true; option "ignore" does not exist',
    ],
    [null, 'Cannot use httpMetrics(): options must be an object, got null'],
  ])('%j', (options, message) => {
    expect(() => httpMetrics(options as never)).toThrow(
      expect.objectContaining({ code: 'TELLTALE_OPTION', message, fix: expect.any(String) as string }),
    );
  });

  test('a registry that has another metric of one of its names', async () => {
    const { Counter } = await import('prom-client');
    const registry = new Registry();
    const taken = new Counter({ name: 'http_request_duration_seconds', help: 'taken', registers: [registry] });
    expect(() => httpMetrics({ registry })).toThrow(expect.objectContaining({ code: 'TELLTALE_METRIC_TAKEN' }));
    expect(registry.getMetricsAsArray().map(({ name }) => name)).toEqual(['http_request_duration_seconds']);
    expect(registry.getSingleMetric('http_request_duration_seconds')).toBe(taken);
  });
});

describe.each(expressLines)('httpMetrics() with $name', (line) => {
  const record = async (options: HttpMetricsOptions, paths: readonly string[]): Promise<Registry> => {
    const registry = new Registry();
    const server = await startServer(
      line
        .express()
        .use(httpMetrics({ ...options, registry }))
        .get(['/a', '/b'], ok),
    );
    try {
      for (const path of paths) await server.send({ path });
      await requestsSettle(registry, options.naming === 'otel' ? 'http_server_active_requests' : undefined);
      return registry;
    } finally {
      await server.close();
    }
  };

  test('leaves out ignored paths, whatever their query', async () => {
    const registry = await record({ ignorePaths: ['/a'] }, ['/a', '/a?x=1', '/b']);
    expect(await recordedRequests(registry)).toEqual(['GET /b 200']);
  });

  test('leaves out what skip() returns true for', async () => {
    const registry = await record({ skip: ({ url }) => url === '/a' }, ['/a', '/b']);
    expect(await recordedRequests(registry)).toEqual(['GET /b 200']);
  });

  test('serves and records a request whose skip() throws, counts that and says it once', async () => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const registry = await record({ skip: boom }, ['/a', '/b']);
    expect(await recordedRequests(registry)).toEqual(['GET /a 200', 'GET /b 200']);
    const errors = (await scrape(registry)).series('telltale_label_errors_total');
    expect(errors['http_request_duration_seconds']).toBe(2);
    expect(warn.mock.calls.map(([message]) => message)).toEqual([
      'A callback of the HTTP metrics failed, further failures are only counted: boom',
    ]);
  });

  test('names metrics and labels as OpenTelemetry does with naming "otel"', async () => {
    const registry = await record({ naming: 'otel' }, ['/a']);
    const { samples } = await scrape(registry);
    expect(samples.find(({ name }) => name === 'http_server_request_duration_seconds_count')).toEqual({
      name: 'http_server_request_duration_seconds_count',
      labels: { http_request_method: 'GET', http_route: '/a', http_response_status_code: '200' },
      value: 1,
    });
  });

  test('observes the time to headers of every request with timeToHeaders "all"', async () => {
    const registry = await record({ timeToHeaders: 'all' }, ['/a']);
    expect((await scrape(registry)).series('http_time_to_headers_seconds_count')).toEqual({ 'GET /a': 1 });
  });

  test('takes its metrics off the registry when the last user disposes of it', () => {
    const registry = new Registry();
    const [first, second] = [httpMetrics({ registry }), httpMetrics({ registry })];
    first.dispose();
    expect(registry.getSingleMetric('http_request_duration_seconds')).toBeDefined();
    second.dispose();
    expect(registry.getMetricsAsArray()).toEqual([]);
  });

  test('starts anew on a registry that was cleared', async () => {
    const registry = new Registry();
    httpMetrics({ registry });
    registry.clear();
    httpMetrics({ registry });
    expect(registry.getSingleMetric('http_request_duration_seconds')).toBeDefined();
  });

  test('names in full what is added while it runs', async () => {
    const registry = new Registry();
    const app = line.express().use(httpMetrics({ registry }));
    const router = line.express.Router().get('/a', ok);
    const server = await startServer(app.use('/r/:x', router));
    await server.send({ path: '/r/1/a' });
    router.get('/b', ok);
    app.use('/late/:y', line.express.Router().get('/c', ok)).use('/files/:dir', ok);
    for (const path of ['/files/1/a.txt', '/r/1/b', '/late/1/c', '/none']) await server.send({ path });
    await requestsSettle(registry);
    expect(await recordedRequests(registry)).toEqual([
      'GET /r/:x/a 200',
      'GET /files/:dir 200',
      'GET /r/:x/b 200',
      'GET /late/:y/c 200',
      'GET unmatched 404',
    ]);
    await server.close();
  });
});

describe('instrumentListener()', () => {
  test('records what a plain listener answers, under the route it names', async () => {
    vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const registry = new Registry();
    const server = await startServer(instrumentListener(ok, { registry, route }));
    for (const path of ['/users/1', '/other', '/boom']) await server.send({ path });
    await requestsSettle(registry);
    expect(await recordedRequests(registry)).toEqual(['GET /users/:id 200', 'GET unmatched 200', 'GET unmatched 200']);
    await server.close();
  });
});
