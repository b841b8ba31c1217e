import { Counter, Gauge, Registry } from 'prom-client';
import { afterEach, describe, expect, test } from 'vitest';
import { httpMetrics } from '../../src/instrument/http/http-metrics.ts';
import { metricsEndpoint } from '../../src/instrument/exposition/metrics-endpoint.ts';
import { metricsServer } from '../../src/instrument/exposition/metrics-server.ts';
import { clients } from '../support/clients.ts';
import { bothClients, newRegistry } from '../support/every-kind.ts';
import { parseExposition, scrape } from '../support/exposition.ts';
import { recordedRequests, requestsSettle } from '../support/express-exposition.ts';
import { expressLines } from '../support/express-lines.ts';
import { type RunningServer, startServer } from '../support/express-server.ts';

const servers: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serve(endpoint: Parameters<typeof startServer>[0]): Promise<RunningServer> {
  const server = await startServer(endpoint);
  servers.push(server);
  return server;
}

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

interface Gate {
  readonly passed: Promise<void>;
  readonly open: () => void;
}

function newGate(): Gate {
  const gate: { open: () => void } = { open: () => undefined };
  const passed = new Promise<void>((resolve) => {
    gate.open = resolve;
  });
  return { passed, open: () => gate.open() };
}

function collectGauge(registry: Registry, collect: () => void | Promise<void>): void {
  registry.registerMetric(new Gauge({ name: 'measured', help: 'measured', registers: [], collect }));
}

describe.each(clients)('metricsEndpoint() with %s', (_client, newRegistry) => {
  test('answers GET with the registry and its content type', async () => {
    const registry = newRegistry();
    registry.registerMetric(new Gauge({ name: 'level', help: 'Höhe', registers: [] }));
    const server = await serve(metricsEndpoint({ registry }));
    const answer = await server.send({ path: '/' });
    expect(answer).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8', 'cache-control': 'no-store' },
    });
    expect(answer?.headers['content-length']).toBe(String(Buffer.byteLength(answer?.body ?? '')));
    expect(answer?.body).toMatch(/\n$/);
    expect(parseExposition(answer?.body ?? '').map(({ name }) => name)).toContain('telltale_series');
  });

  test('counts the series of the scrape before', async () => {
    const registry = newRegistry();
    const server = await serve(metricsEndpoint({ registry }));
    const first = await server.send({ path: '/' });
    expect((await scrape(registry)).value('telltale_series')).toBe(parseExposition(first?.body ?? '').length);
  });
});

describe.each(bothClients)('metricsEndpoint() with %s and a scraper of OpenMetrics', (_, client) => {
  const headers = { accept: 'application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5' };

  test.each([client.prometheusContentType, client.openMetricsContentType] as const)(
    'answers in it though the registry is set to %s, and leaves the registry alone',
    async (contentType) => {
      const registry = newRegistry(client, contentType);
      const counter = new client.Counter({ name: 'jobs_total', help: 'Jobs.', registers: [registry] });
      counter.inc();
      const server = await serve(metricsEndpoint({ registry }));
      const answer = await server.send({ path: '/', headers });
      expect(answer?.headers).toMatchObject({
        'content-type': 'application/openmetrics-text; version=1.0.0; charset=utf-8',
        vary: 'Accept, Accept-Encoding',
      });
      expect(answer?.body).toMatch(/^# HELP jobs Jobs\.\n# TYPE jobs counter\njobs_total 1\n[^]*\n# EOF\n$/);
      expect([registry.contentType, registry.getMetricsAsArray()[0]?.name]).toEqual([contentType, 'jobs_total']);
    },
  );

  test('answers a browser in what the registry is set to', async () => {
    for (const contentType of [client.prometheusContentType, client.openMetricsContentType]) {
      const registry = newRegistry(client, contentType);
      const server = await serve(metricsEndpoint({ registry }));
      const answer = await server.send({ path: '/', headers: { accept: 'text/html,*/*;q=0.8' } });
      expect(answer?.headers['content-type']).toBe(contentType);
    }
  });
});

describe('metricsEndpoint()', () => {
  test.each([
    [{ gzip: undefined, pageBytes: 2_000, asks: 'gzip' }, 'gzip'],
    [{ gzip: undefined, pageBytes: 2_000, asks: 'identity' }, null],
    [{ gzip: undefined, pageBytes: 10, asks: 'gzip' }, null],
    [{ gzip: false, pageBytes: 2_000, asks: 'gzip' }, null],
  ])('with %j answers in encoding %s', async ({ gzip, pageBytes, asks }, encoding) => {
    const registry = new Registry();
    new Gauge({ name: 'wide', help: 'x'.repeat(pageBytes), registers: [registry] }).set(0);
    const server = await serve(metricsEndpoint({ registry, ...(gzip === undefined ? {} : { gzip }) }));
    const url = `http://127.0.0.1:${server.port}/`;
    const answer = await fetch(url, { headers: { 'accept-encoding': asks } });
    expect([answer.headers.get('content-encoding'), answer.headers.get('vary')]).toEqual([
      encoding,
      'Accept, Accept-Encoding',
    ]);
    // fetch() unpacks
    expect(await answer.text()).toContain(`# HELP wide ${'x'.repeat(pageBytes)}\n# TYPE wide gauge\nwide 0\n`);
  });

  test('announces to HEAD the length that GET has, in the encoding that it asks for', async () => {
    const registry = new Registry();
    new Gauge({ name: 'wide', help: 'x'.repeat(2_000), registers: [registry] }).set(0);
    const endpoint = metricsEndpoint({ registry });
    endpoint.dispose();
    const server = await serve(endpoint);
    for (const headers of [{}, { 'accept-encoding': 'gzip' }]) {
      const [head, get] = [
        await server.send({ method: 'HEAD', path: '/', headers }),
        await server.send({ path: '/', headers }),
      ];
      expect([head?.body, head?.headers['content-length']]).toEqual(['', get?.headers['content-length']]);
    }
  });

  test('collects once for scrapes in both formats that come at once', async () => {
    const registry = new Registry();
    let collections = 0;
    const gate = newGate();
    collectGauge(registry, () => {
      collections += 1;
      return gate.passed;
    });
    let arrived = 0;
    const endpoint = metricsEndpoint({ registry });
    const server = await serve((request, response) => {
      endpoint(request, response);
      arrived += 1;
      if (arrived === 2) gate.open();
    });
    const types = ['text/plain', 'application/openmetrics-text'];
    const answers = await Promise.all(types.map((accept) => server.send({ path: '/', headers: { accept } })));
    expect(collections).toBe(1);
    expect(answers.map((answer) => String(answer?.headers['content-type']).split(';')[0])).toEqual(types);
  });

  test('answers HEAD without a body, and anything else with 405', async () => {
    const server = await serve(metricsEndpoint({ registry: new Registry() }));
    const head = await server.send({ method: 'HEAD', path: '/' });
    expect([head?.status, head?.body, Number(head?.headers['content-length']) > 0]).toEqual([200, '', true]);
    const post = await server.send({ method: 'POST', path: '/' });
    expect([post?.status, post?.headers['allow']]).toEqual([405, 'GET, HEAD']);
  });

  test('renders once for scrapes that come at once', async () => {
    const registry = new Registry();
    let renders = 0;
    const gate = newGate();
    collectGauge(registry, () => {
      renders += 1;
      return gate.passed;
    });
    let arrived = 0;
    const endpoint = metricsEndpoint({ registry });
    const server = await serve((request, response) => {
      endpoint(request, response);
      arrived += 1;
      if (arrived === 3) gate.open();
    });
    const answers = await Promise.all([1, 2, 3].map(() => server.send({ path: '/' })));
    expect([renders, new Set(answers.map((answer) => answer?.body)).size]).toEqual([1, 1]);
    await server.send({ path: '/' });
    expect(renders).toBe(2);
  });

  test('answers 500 with the reason when a metric cannot be collected, and recovers', async () => {
    const registry = new Registry();
    let fails = true;
    collectGauge(registry, () => {
      if (fails) throw new Error('no sensor');
    });
    const server = await serve(metricsEndpoint({ registry }));
    expect(await server.send({ path: '/' })).toMatchObject({
      status: 500,
      body: 'Cannot render the metrics: no sensor\n',
    });
    fails = false;
    expect(await server.send({ path: '/' })).toMatchObject({ status: 200 });
  });

  test.each([
    [{ bearer: 'geheim' }, 'Bearer geheim', 200],
    [{ bearer: 'geheim' }, 'bearer geheim', 200],
    [{ bearer: 'geheim' }, 'Bearer geheimer', 401],
    [{ bearer: 'geheim' }, undefined, 401],
    [{ username: 'prometheus', password: 'a:b' }, basic('prometheus:a:b'), 200],
    [{ username: 'prometheus', password: 'a:b' }, basic('prometheus:a'), 401],
    [{ username: 'prometheus', password: 'a:b' }, 'Bearer a:b', 401],
  ])('with auth %j answers "%s" with %i', async (auth, authorization, status) => {
    const server = await serve(metricsEndpoint({ registry: new Registry(), auth }));
    const headers = authorization === undefined ? {} : { authorization };
    const answer = await server.send({ path: '/', headers });
    expect([answer?.status, answer?.headers['www-authenticate'] !== undefined]).toEqual([status, status === 401]);
  });

  test('refuses an empty secret', () => {
    expect(() => metricsEndpoint({ auth: { bearer: '' } })).toThrow(
      expect.objectContaining({
        code: 'TELLTALE_OPTION',
        message:
          'Cannot use metricsEndpoint(): option "auth" must be { bearer } or { username, password } with texts that are not empty, got an object',
      }),
    );
  });
});

describe.each(expressLines)('httpMetrics() with $name', ({ express }) => {
  test.each([
    [false, [], 0],
    [true, ['GET /metrics 200', 'GET /metrics 200'], 1],
  ])('records scrapes when recordProbes is %s', async (recordProbes, recorded, inFlight) => {
    const registry = new Registry();
    const app = express().use(httpMetrics({ registry, recordProbes }));
    const server = await serve(app.use('/metrics', metricsEndpoint({ registry })));
    await server.send({ path: '/metrics' });
    const answer = await server.send({ path: '/metrics' });
    const seen = parseExposition(answer?.body ?? '').find(({ name }) => name === 'http_requests_in_flight');
    expect(seen?.value).toBe(inFlight);
    await requestsSettle(registry);
    expect(await recordedRequests(registry)).toEqual(recorded);
  });
});

describe('metricsServer()', () => {
  test('serves the metrics on a port of its own, and nothing else', async () => {
    const registry = new Registry();
    new Counter({ name: 'things_total', help: 'things', registers: [registry] }).inc(3);
    const metrics = await metricsServer({ port: 0, host: '127.0.0.1', registry });
    servers.push(metrics);
    const page = await fetch(`http://127.0.0.1:${metrics.port}/metrics?x=1`);
    expect(await page.text()).toContain('\nthings_total 3\n');
    expect((await fetch(`http://127.0.0.1:${metrics.port}/`)).status).toBe(404);
  });

  test('lets a running scrape finish when it closes, and takes its metrics along', async () => {
    const registry = new Registry();
    const [collecting, gate] = [newGate(), newGate()];
    collectGauge(registry, () => {
      collecting.open();
      return gate.passed;
    });
    const metrics = await metricsServer({ port: 0, host: '127.0.0.1', registry });
    const scraping = fetch(`http://127.0.0.1:${metrics.port}/metrics`);
    await collecting.passed;
    const closing = metrics.close();
    gate.open();
    const { status, headers } = await scraping;
    expect([status, headers.get('connection')]).toEqual([200, 'close']);
    await closing;
    await expect(fetch(`http://127.0.0.1:${metrics.port}/metrics`)).rejects.toThrow('fetch failed');
    expect(registry.getMetricsAsArray().map(({ name }) => name)).toEqual(['measured']);
  });

  test('says so when the port is taken', async () => {
    const taken = await serve(() => undefined);
    const start = metricsServer({ port: taken.port, host: '127.0.0.1', registry: new Registry() });
    await expect(start).rejects.toMatchObject({
      code: 'TELLTALE_SERVER',
      message: expect.stringContaining(`Cannot serve metrics on port ${taken.port}: `) as string,
      fix: 'choose a free port with the option `port`',
    });
  });

  test('refuses a port that is none', async () => {
    await expect(metricsServer({ port: 70_000 })).rejects.toMatchObject({ code: 'TELLTALE_OPTION' });
  });
});
