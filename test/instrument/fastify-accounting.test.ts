import * as fc from 'fast-check';
import { Registry } from 'prom-client';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fastifyMetrics } from '../../src/fastify.ts';
import { type Certificate, selfSigned } from '../support/certificate.ts';
import { scrape } from '../support/exposition.ts';
import { recordedRequests, requestsSettle } from '../support/express-exposition.ts';
import { type App, fastifyLines } from '../support/fastify-lines.ts';
import { answer, hang, ok, trickle } from '../support/fastify-rows.ts';
import { listenOn, startFastify } from '../support/fastify-server.ts';
import { aStorm, rage, weather } from '../support/http-storm.ts';
import { overHttp1, overHttp2, type TlsClient } from '../support/tls-clients.ts';

const storms = 60;
const sum = (counts: Record<string, number>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

describe.each(fastifyLines)('fastifyMetrics with $name', (line) => {
  test('returns to 0 in flight after a storm of aborts, each counted once', async () => {
    const registry = new Registry();
    const { send, close } = await startFastify(line, { registry }, (app) =>
      app.get('/slow/:id', hang).get('/trickle/:id', trickle).get('/a/:id', ok),
    );
    const storm = Array.from({ length: 30 }, (_, index) => [
      send({ path: `/slow/${index}`, abort: 'before_headers' }),
      send({ path: `/trickle/${index}`, abort: 'mid_stream' }),
      send({ path: `/a/${index}` }),
    ]);
    await Promise.all(storm.flat());
    await requestsSettle(registry);
    const exposition = await scrape(registry);
    expect(exposition.series('http_request_duration_seconds_count')).toEqual({
      'GET /a/:id 200': 30,
      'GET /slow/:id 499': 30,
      'GET /trickle/:id 200': 30,
    });
    expect(exposition.series('http_requests_aborted_total')).toEqual({
      'GET before_headers /a/:id': 0,
      'GET mid_stream /a/:id': 0,
      'GET before_headers /slow/:id': 30,
      'GET mid_stream /slow/:id': 0,
      'GET before_headers /trickle/:id': 0,
      'GET mid_stream /trickle/:id': 30,
    });
    await close();
  });

  test('counts each request that arrived once, whatever the storm', { timeout: 60_000 }, async () => {
    const registry = new Registry();
    const { app, port, close } = await startFastify(line, { registry }, (app) => {
      app.addContentTypeParser('*', (_request, _payload, done) => done(null));
      app.all('/*', (request, reply) => {
        reply.hijack();
        weather(request.raw, reply.raw);
      });
    });
    let arrived = 0;
    app.server.on('request', () => {
      arrived += 1;
    });
    await fc.assert(
      fc.asyncProperty(aStorm, async (storm) => {
        await rage(port, storm);
        await requestsSettle(registry);
        const counts = (await scrape(registry)).series('http_request_duration_seconds_count');
        expect({ requests: sum(counts), routes: new Set(Object.keys(counts).map((key) => key.split(' ')[1])) }).toEqual(
          {
            requests: arrived,
            routes: new Set(arrived === 0 ? [] : ['/*']),
          },
        );
      }),
      { numRuns: storms },
    );
    expect(arrived).toBeGreaterThan(0);
    await close();
  });
});

describe.each(fastifyLines)('fastifyMetrics over TLS with $name and', (line) => {
  let certificate: Certificate;
  let registry: Registry;
  let app: App;
  let port: number;

  beforeAll(async () => {
    certificate = await selfSigned();
  });
  beforeEach(async () => {
    registry = new Registry();
    app = line.create({ http2: true, https: { ...certificate, allowHTTP1: true } });
    await app.register(fastifyMetrics, { registry, runtime: false });
    app.get('/a/:id', ok).post('/created/:id', answer(201)).get('/hang/:id', hang).get('/trickle/:id', trickle);
    port = await listenOn(app);
    return () => app.close();
  });

  const protocols: readonly (readonly [string, TlsClient])[] = [
    ['HTTP/1', overHttp1],
    ['HTTP/2', overHttp2],
  ];

  test.each(protocols)('%s records routes, refusals, aborts, and no probes', async (_name, send) => {
    expect(await send(port, { path: '/a/1' })).toBe(200);
    expect(await send(port, { method: 'POST', path: '/created/1' })).toBe(201);
    expect(await send(port, { path: '/nope' })).toBe(404);
    expect(await send(port, { path: '/%zz' })).toBe(400);
    for (const path of ['/metrics', '/health', '/ready']) expect(await send(port, { path })).toBe(200);
    await send(port, { path: '/hang/1', abort: 'before_headers' });
    await send(port, { path: '/trickle/1', abort: 'mid_stream' });
    await requestsSettle(registry);
    expect(await recordedRequests(registry)).toEqual([
      'GET /a/:id 200',
      'POST /created/:id 201',
      'GET unmatched 404',
      'GET unmatched 400',
      'GET /hang/:id 499',
      'GET /trickle/:id 200',
    ]);
  });
});
