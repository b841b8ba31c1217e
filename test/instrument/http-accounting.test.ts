import { connect } from 'node:net';
import type { ServerResponse } from 'node:http';
import { describe, expect, test, vi } from 'vitest';
import { httpMetrics } from '../../src/instrument/http/http-metrics.ts';
import { clients } from '../support/clients.ts';
import { scrape } from '../support/exposition.ts';
import { recordedRequests, requestsSettle } from '../support/express-exposition.ts';
import { type ExpressLine, expressLines } from '../support/express-lines.ts';
import { hang, ok, trickle } from '../support/express-rows.ts';
import { type RunningServer, startServer } from '../support/express-server.ts';
import type { Registry } from '../../src/instrument/metrics/client.ts';

type App = ReturnType<ExpressLine['express']>;

const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;
const cases = expressLines.flatMap((line) => clients.map(([client, newRegistry]) => ({ line, client, newRegistry })));

describe.each(cases)('httpMetrics() with $line.name and $client', ({ line, newRegistry }) => {
  const run = async (
    build: (app: App, registry: Registry) => void,
    check: (server: RunningServer, registry: Registry) => Promise<void>,
  ): Promise<void> => {
    const registry = newRegistry();
    const app = line.express();
    app.set('env', 'test');
    build(app, registry);
    const server = await startServer(app);
    try {
      await check(server, registry);
    } finally {
      await server.close();
    }
  };

  test('counts a request once when it is mounted twice and the factory is called twice', () =>
    run(
      (app, registry) => {
        const middleware = httpMetrics({ registry });
        app.use(middleware, middleware, httpMetrics({ registry })).get('/a', ok);
      },
      async (server, registry) => {
        await server.send({ path: '/a' });
        await requestsSettle(registry);
        expect(await recordedRequests(registry)).toEqual(['GET /a 200']);
      },
    ));

  test('records into two registries at once, each with its own cap', () => {
    const other = newRegistry();
    return run(
      (app, registry) =>
        app
          .use(httpMetrics({ registry }), httpMetrics({ registry: other, routeCap: 1 }))
          .get('/a', ok)
          .get('/b', ok),
      async (server, registry) => {
        await server.send({ path: '/a' });
        await server.send({ path: '/b' });
        await requestsSettle(registry);
        expect(await recordedRequests(registry)).toEqual(['GET /a 200', 'GET /b 200']);
        expect(await recordedRequests(other)).toEqual(['GET /a 200', 'GET overflow 200']);
      },
    );
  });

  test('returns to 0 in flight after a storm of aborts, each counted once', () =>
    run(
      (app, registry) => app.use(httpMetrics({ registry })).get('/slow', hang).get('/trickle', trickle).get('/a', ok),
      async (server, registry) => {
        const storm = Array.from({ length: 30 }, (_, index) => [
          server.send({ path: '/slow', abort: 'before_headers' }),
          server.send({ path: '/trickle', abort: 'mid_stream' }),
          server.send({ path: `/a?${index}` }),
        ]);
        await Promise.all(storm.flat());
        await requestsSettle(registry);
        const exposition = await scrape(registry);
        expect(exposition.series('http_request_duration_seconds_count')).toEqual({
          'GET /a 200': 30,
          'GET /slow 499': 30,
          'GET /trickle 200': 30,
        });
        expect(exposition.series('http_requests_aborted_total')).toEqual({
          'GET before_headers /a': 0,
          'GET mid_stream /a': 0,
          'GET before_headers /slow': 30,
          'GET mid_stream /slow': 0,
          'GET before_headers /trickle': 0,
          'GET mid_stream /trickle': 30,
        });
      },
    ));

  test('counts pipelined requests, also those whose turn never came', () =>
    run(
      (app, registry) => app.use(httpMetrics({ registry })).get('/slow', hang).get('/a', ok),
      async (server, registry) => {
        const socket = connect(server.port, '127.0.0.1');
        socket.write(get('/a') + get('/slow') + get('/a'));
        await vi.waitFor(async () =>
          expect((await scrape(registry)).value('http_requests_in_flight')).toBeGreaterThanOrEqual(2),
        );
        socket.destroy();
        await requestsSettle(registry);
        const counts = (await scrape(registry)).series('http_request_duration_seconds_count');
        expect(counts).toEqual({ 'GET /a 200': 2, 'GET /slow 499': 1 });
      },
    ));

  test('listens once to a connection, however many requests wait on it', () =>
    run(
      (app, registry) => app.use(httpMetrics({ registry })).get('/slow', hang),
      async (server, registry) => {
        const warn = vi.spyOn(process, 'emitWarning');
        const socket = connect(server.port, '127.0.0.1');
        socket.write(get('/slow').repeat(30));
        await vi.waitFor(async () => expect((await scrape(registry)).value('http_requests_in_flight')).toBe(30));
        socket.destroy();
        await requestsSettle(registry);
        expect(await recordedRequests(registry)).toEqual(Array.from({ length: 30 }, () => 'GET /slow 499'));
        expect(warn.mock.calls).toEqual([]);
        warn.mockRestore();
      },
    ));

  test('records the status that was sent, not one that was set later', () =>
    run(
      (app, registry) =>
        app.use(httpMetrics({ registry })).get('/a', (_request: unknown, response: ServerResponse) => {
          response.statusCode = 201;
          response.end();
          response.statusCode = 500;
        }),
      async (server, registry) => {
        expect(await server.send({ path: '/a' })).toMatchObject({ status: 201 });
        await requestsSettle(registry);
        expect(await recordedRequests(registry)).toEqual(['GET /a 201']);
      },
    ));

  test('ends in "overflow" past the cap on routes and counts those requests', () =>
    run(
      (app, registry) =>
        ['/a', '/b', '/c', '/d'].reduce(
          (to, path) => to.get(path, ok),
          app.use(httpMetrics({ registry, routeCap: 2 })),
        ),
      async (server, registry) => {
        for (const path of ['/a', '/none', '/b', '/c', '/d', '/c', '/a']) await server.send({ path });
        await requestsSettle(registry);
        const exposition = await scrape(registry);
        expect(exposition.series('http_request_duration_seconds_count')).toEqual({
          'GET /a 200': 2,
          'GET /b 200': 1,
          'GET overflow 200': 3,
          'GET unmatched 404': 1,
        });
        expect(exposition.value('telltale_route_overflow_total')).toBe(3);
      },
    ));

  test('gives getMetricsAsJSON() values of their own, with every label on each', () =>
    run(
      (app, registry) => app.use(httpMetrics({ registry })).get('/a', ok),
      async (server, registry) => {
        await server.send({ path: '/a' });
        await requestsSettle(registry);
        const readDuration = async (): Promise<{ values: { labels: object }[] }> => {
          const metrics = (await registry.getMetricsAsJSON()) as { name: string; values: { labels: object }[] }[];
          return metrics.find(({ name }) => name === 'http_request_duration_seconds') ?? { values: [] };
        };
        const [first, second] = [await readDuration(), await readDuration()];
        expect(first).toEqual(second);
        expect(first).toMatchObject({ type: 'histogram', aggregator: 'sum' });
        expect(first.values[0]).not.toBe(second.values[0]);
        expect(first.values.map(({ labels }) => Object.keys(labels).sort().join())).toEqual([
          ...Array.from({ length: 16 }, () => 'le,method,route,status_code'),
          'method,route,status_code',
          'method,route,status_code',
        ]);
      },
    ));
});
