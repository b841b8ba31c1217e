import { Counter, Gauge, Registry } from 'prom-client';
import { afterEach, describe, expect, test } from 'vitest';
import { httpMetrics } from '../../src/instrument/http-metrics.ts';
import { metricsEndpoint } from '../../src/instrument/metrics-endpoint.ts';
import { metricsServer } from '../../src/instrument/metrics-server.ts';
import { clients } from '../support/clients.ts';
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
    const server = await serve(metricsEndpoint({ registry }));
    const answer = await server.send({ path: '/' });
    expect(answer).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8', 'cache-control': 'no-store' },
    });
    expect(answer?.headers['content-length']).toBe(String(Buffer.byteLength(answer?.body ?? '')));
    expect(parseExposition(answer?.body ?? '').map(({ name }) => name)).toContain('telltale_series');
  });

  test('counts the series of the scrape before', async () => {
    const registry = newRegistry();
    const server = await serve(metricsEndpoint({ registry }));
    const first = await server.send({ path: '/' });
    expect((await scrape(registry)).value('telltale_series')).toBe(parseExposition(first?.body ?? '').length);
  });
});

describe('metricsEndpoint()', () => {
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
    expect((await scraping).status).toBe(200);
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
