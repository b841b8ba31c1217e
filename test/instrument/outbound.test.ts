import http, { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Registry } from 'prom-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { outboundMetrics, type OutboundMetrics } from '../../src/instrument/outbound.ts';
import { clients } from '../support/clients.ts';
import { type Exposition, scrape } from '../support/exposition.ts';

const answers: Readonly<Record<string, RequestListener>> = {
  '/ok': (_, response) => response.end('ok'),
  '/missing': (_, response) => response.writeHead(404).end(),
  '/moved': (_, response) => response.writeHead(302, { location: '/ok' }).end(),
  '/hang': () => {},
  '/reset': (request) => request.socket.destroy(),
  '/half': (_, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('half', () => response.destroy());
  },
};

let server: Server;
let host = '';
let closedPort = 0;
const started: OutboundMetrics[] = [];

beforeAll(async () => {
  server = createServer((request, response) => answers[request.url ?? '']?.(request, response)).listen(0);
  const closed = createServer().listen(0);
  await Promise.all([server, closed].map((each) => new Promise((resolve) => each.once('listening', resolve))));
  host = `localhost:${(server.address() as AddressInfo).port}`;
  closedPort = (closed.address() as AddressInfo).port;
  closed.close();
});

afterEach(() => {
  for (const metrics of started.splice(0)) metrics.dispose();
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function start(registry: Registry, dependencies: Record<string, string> = { api: host }): void {
  started.push(outboundMetrics({ registry, dependencies }));
}

/** Calls recorded, as "dependency method status". */
function calls({ series }: Exposition): Record<string, number> {
  return series('http_client_request_duration_seconds_count');
}

/** Calls with node:http and reads the response; resolves however it ends. */
function call(options: http.RequestOptions): Promise<void> {
  return new Promise((resolve) => {
    const request = http.request({ host: 'localhost', port: host.split(':')[1], ...options }, (response) => {
      response.resume().on('error', () => {});
      response.on('close', resolve);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve());
    request.end();
  });
}

async function fetchQuietly(url: string, init: RequestInit = {}): Promise<void> {
  await fetch(url, init)
    .then((response) => response.text())
    .catch(() => {});
}

describe.each(clients)('outboundMetrics() on a registry of %s', (_, newRegistry) => {
  it('records calls of fetch and of node:http', async () => {
    const registry = newRegistry() as Registry;
    start(registry);
    await fetchQuietly(`http://${host}/ok`);
    await call({ path: '/ok', method: 'post' });
    await expect.poll(async () => calls(await scrape(registry))).toEqual({ 'api GET 200': 1, 'api POST 200': 1 });
  });
});

describe('outboundMetrics() with fetch', () => {
  it.each<[string, string, RequestInit, Record<string, number>]>([
    ['an error status', '/missing', {}, { 'api GET 404': 1 }],
    ['each hop of a redirect', '/moved', {}, { 'api GET 302': 1, 'api GET 200': 1 }],
    ['a method that is not in the list', '/ok', { method: 'PROPFIND' }, { 'api other 200': 1 }],
    ['a reset', '/reset', {}, { 'api GET error': 1 }],
    ['a response that breaks off', '/half', {}, { 'api GET 200': 1 }],
  ])('records %s', async (_, path, init, expected) => {
    const registry = new Registry();
    start(registry);
    await fetchQuietly(`http://${host}${path}`, init);
    await expect.poll(async () => calls(await scrape(registry))).toEqual(expected);
  });

  it('records a timeout and an abort', async () => {
    const registry = new Registry();
    start(registry);
    await fetchQuietly(`http://${host}/hang`, { signal: AbortSignal.timeout(50) });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    await fetchQuietly(`http://${host}/hang`, { signal: controller.signal });
    await expect.poll(async () => calls(await scrape(registry))).toEqual({ 'api GET timeout': 1, 'api GET error': 1 });
  });

  it('records a refused connection', async () => {
    const registry = new Registry();
    start(registry, { down: `localhost:${closedPort}` });
    await fetchQuietly(`http://localhost:${closedPort}/`);
    await expect.poll(async () => calls(await scrape(registry))).toEqual({ 'down GET error': 1 });
  });
});

describe('outboundMetrics() with node:http', () => {
  it.each<[string, http.RequestOptions, Record<string, number>]>([
    ['an error status', { path: '/missing' }, { 'api GET 404': 1 }],
    ['a reset', { path: '/reset' }, { 'api GET error': 1 }],
    ['a response that breaks off', { path: '/half' }, { 'api GET 200': 1 }],
    ['a socket timeout', { path: '/hang', timeout: 50 }, { 'api GET timeout': 1 }],
  ])('records %s', async (_, options, expected) => {
    const registry = new Registry();
    start(registry);
    await call(options);
    await expect.poll(async () => calls(await scrape(registry))).toEqual(expected);
  });

  it('records the timeout of a signal', async () => {
    const registry = new Registry();
    start(registry);
    await call({ path: '/hang', signal: AbortSignal.timeout(50) });
    expect(calls(await scrape(registry))).toEqual({ 'api GET timeout': 1 });
  });

  it('records a refused connection, and is no listener of its error', async () => {
    const registry = new Registry();
    start(registry, { down: `localhost:${closedPort}` });
    const request = http.get({ host: 'localhost', port: closedPort });
    const listeners = await new Promise((resolve) => {
      request.on('error', () => resolve(request.listenerCount('error')));
    });
    expect(listeners).toBe(1);
    expect(calls(await scrape(registry))).toEqual({ 'down GET error': 1 });
  });
});

describe('outboundMetrics()', () => {
  it('records hosts that are not declared as "other"', async () => {
    const registry = new Registry();
    start(registry, { stripe: 'api.stripe.com' });
    await fetchQuietly(`http://${host}/ok`);
    expect(calls(await scrape(registry))).toEqual({ 'other GET 200': 1 });
  });

  it('called twice on one registry adds dependencies up and records each call once', async () => {
    const registry = new Registry();
    start(registry, { stripe: 'api.stripe.com' });
    start(registry, { api: host });
    await fetchQuietly(`http://${host}/ok`);
    expect(calls(await scrape(registry))).toEqual({ 'api GET 200': 1 });
  });

  it('records nothing once disposed of', async () => {
    const registry = new Registry();
    const metrics = outboundMetrics({ registry, dependencies: { api: host } });
    metrics.dispose();
    await fetchQuietly(`http://${host}/ok`);
    expect((await scrape(registry)).samples).toEqual([]);
  });
});
