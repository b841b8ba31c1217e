import dns from 'node:dns';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { Registry } from 'prom-client';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fastifyMetrics, observedOf } from '../../src/fastify.ts';
import { scrape } from '../support/exposition.ts';
import { recordedRequests, requestsSettle } from '../support/express-exposition.ts';
import { send } from '../support/express-server.ts';
import { type App, fastifyLines } from '../support/fastify-lines.ts';
import { hang, ok } from '../support/fastify-rows.ts';
import { listenOn, type RunningFastify, startFastify } from '../support/fastify-server.ts';

type AllFound = (error: null, addresses: dns.LookupAddress[]) => void;

const onlyRequests = { metrics: false, health: false, runtime: false } as const;

/** Before anything else that an app does for a request. */
function rewriteSlowly({ url = '/' }: IncomingMessage): string {
  const end = performance.now() + 20;
  while (performance.now() < end);
  return url;
}

describe.each(fastifyLines)('fastifyMetrics with $name', (line) => {
  let registry: Registry;
  const apps: App[] = [];

  beforeEach(() => {
    registry = new Registry();
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await Promise.all(apps.splice(0).map((app) => app.close()));
  });

  const start = async (...args: Parameters<typeof startFastify> extends [unknown, ...infer R] ? R : never) => {
    const server: RunningFastify = await startFastify(line, ...args);
    apps.push(server.app);
    return server;
  };
  const create = (options = {}): App => {
    const app = line.create({ forceCloseConnections: true, ...options });
    apps.push(app);
    return app;
  };
  const recorded = async (): Promise<readonly string[]> => {
    await requestsSettle(registry);
    return await recordedRequests(registry);
  };

  test('is no context of its own, and known by its name', async () => {
    const app = create();
    await app.register(fastifyMetrics, { registry, ...onlyRequests });
    expect(app.pluginName).toBe('fastify -> telltale');
    const meta = { name: 'dependent', dependencies: ['telltale'] };
    await app.register(Object.assign(async () => undefined, { [Symbol.for('plugin-meta')]: meta }));
    expect(observedOf(app)?.health).toBeUndefined();
    expect(observedOf(create())).toBeUndefined();
  });

  test('records once when it is registered twice for a registry, and for each of two registries', async () => {
    const other = new Registry();
    const app = create();
    for (const each of [registry, registry, other]) {
      await app.register(fastifyMetrics, { registry: each, ...onlyRequests });
    }
    const port = await listenOn(app.get('/a/:id', ok));
    for (const path of ['/a/1', '/%zz']) await send(port, { path });
    expect(await recorded()).toEqual(['GET /a/:id 200', 'GET unmatched 400']);
    await requestsSettle(other);
    expect(await recordedRequests(other)).toEqual(['GET /a/:id 200', 'GET unmatched 400']);
  });

  test('times a request from its arrival, before the app routes it', async () => {
    const server = await start({ registry }, (app) => app.get('/a', ok), { rewriteUrl: rewriteSlowly });
    await server.send({ path: '/a' });
    await requestsSettle(registry);
    const seconds = (await scrape(registry)).series('http_request_duration_seconds_sum')['GET /a 200'];
    expect(seconds).toBeGreaterThanOrEqual(0.02);
  });

  test('neither records nor disturbs requests that are injected', async () => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const server = await start({ registry }, (app) => app.get('/a/:id', ok).get('/hang', hang).post('/b', ok));
    expect(await server.app.inject('/a/1')).toMatchObject({ statusCode: 200, body: 'ok' });
    expect(await server.app.inject('/nope')).toMatchObject({ statusCode: 404 });
    expect(await server.app.inject('/%zz')).toMatchObject({ statusCode: 400 });
    expect(await server.app.inject({ method: 'POST', url: '/b', payload: { a: 1 } })).toMatchObject({
      statusCode: 200,
    });
    await server.send({ path: '/a/1' });
    expect(await recorded()).toEqual(['GET /a/:id 200']);
    const failures = { metric: 'http_request_duration_seconds' };
    expect((await scrape(registry)).value('telltale_label_errors_total', failures)).toBeUndefined();
    expect(warn.mock.calls).toEqual([]);
  });

  test('leaves out what `skip` and `ignorePaths` say, asking once for each request', async () => {
    const skip = vi.fn<(request: IncomingMessage) => boolean>(({ url }) => url === '/a/skip');
    const http = { skip, ignorePaths: ['/a/ignored'] };
    const server = await start({ registry, http }, (app) => app.get('/a/:id', ok));
    for (const id of ['skip', 'ignored', '1']) await server.send({ path: `/a/${id}` });
    expect(await recorded()).toEqual(['GET /a/:id 200']);
    expect(skip.mock.calls.map(([{ url }]) => url)).toEqual(['/a/skip', '/a/1']);
  });

  test('labels "unmatched" what a hook of before answers, and routes outside of its context', async () => {
    const app = create();
    app.addHook('onRequest', (request, reply, done) => {
      if (request.url === '/a/401') void reply.code(401).send();
      else done();
    });
    await app.register(async (scope) => {
      await scope.register(fastifyMetrics, { registry, ...onlyRequests });
      scope.get('/a/:id', ok);
    });
    const port = await listenOn(app.get('/outside/:id', ok));
    for (const path of ['/a/401', '/a/1', '/outside/1']) await send(port, { path });
    expect(await recorded()).toEqual(['GET unmatched 401', 'GET /a/:id 200', 'GET unmatched 200']);
  });

  test('names routes that were added before it, too', async () => {
    const app = create().get('/before/:id', ok);
    app.register(async (scope) => void scope.get('/x/:id', ok), { prefix: '/p' });
    await app.register(fastifyMetrics, { registry, ...onlyRequests });
    const port = await listenOn(app);
    for (const path of ['/before/1', '/p/x/1']) await send(port, { path });
    expect(await recorded()).toEqual(['GET /before/:id 200', 'GET /p/x/:id 200']);
  });

  test('counts streams by their number, not by their lifetime', async () => {
    const server = await start({ registry }, (app) =>
      app.get('/events/:id', (_request, reply) => {
        reply.hijack();
        reply.raw.writeHead(200, { 'Content-Type': 'text/event-stream' });
        reply.raw.write('data: 1\n\n');
      }),
    );
    const socket = connect(server.port, '127.0.0.1');
    socket.write('GET /events/1 HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(socket, 'data');
    const open = await scrape(registry);
    expect(open.series('http_streams_active')).toEqual({ 'sse /events/:id': 1 });
    expect(open.value('http_requests_in_flight')).toBe(0);
    socket.destroy();
    await vi.waitFor(async () =>
      expect((await scrape(registry)).series('http_streams_active')).toEqual({ 'sse /events/:id': 0 }),
    );
    expect(await recorded()).toEqual([]);
  });

  test('counts what the server refuses, leaving the answer to Fastify', async () => {
    const server = await start({ registry }, (app) => app.get('/a', ok));
    await server.send({ path: '/a' });
    const socket = connect(server.port, '127.0.0.1');
    socket.write('NONSENSE\r\n\r\n');
    const [data] = (await once(socket, 'data')) as [Buffer];
    expect(data.toString()).toContain('"Client Error"');
    socket.destroy();
    const refused = { dropped: 0, header_overflow: 0, parse_error: 1, timeout: 0 };
    expect((await scrape(registry)).series('http_server_rejected_total')).toEqual(refused);
  });

  test('records on both addresses of localhost, also URLs that Fastify refuses', async () => {
    const hosts = ['127.0.0.1', '::1'];
    const { lookup } = dns;
    // Of a machine that knows localhost by both.
    vi.spyOn(dns, 'lookup').mockImplementation(((name: string, options: dns.LookupOptions, done: AllFound) => {
      if (options.all !== true) return lookup(name, options, done as never);
      done(
        null,
        hosts.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    }) as never);
    const app = create();
    await app.register(fastifyMetrics, { registry, ...onlyRequests });
    const port = await listenOn(app.get('/a/:id', ok), 'localhost');
    for (const host of hosts) {
      for (const path of ['/a/1', '/%zz']) await send(port, { path, host });
    }
    expect(await recorded()).toEqual(['GET /a/:id 200', 'GET /a/:id 200', 'GET unmatched 400', 'GET unmatched 400']);
  });

  test('records an app whose server another has made, and one that another server leads requests to', async () => {
    const made = create({
      serverFactory: (handler: (...args: unknown[]) => void) => createServer((...args) => handler(...args)),
    });
    await made.register(fastifyMetrics, { registry, ...onlyRequests });
    const port = await listenOn(made.get('/made/:id', ok));
    const led = create();
    await led.register(fastifyMetrics, { registry, ...onlyRequests });
    await led.get('/led/:id', ok).ready();
    const server = createServer((request, response) => {
      if (request.url === '/other') response.end();
      else led.routing(request, response);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    for (const path of ['/made/1', '/%zz']) await send(port, { path });
    for (const path of ['/led/1', '/other']) await send((server.address() as AddressInfo).port, { path });
    expect(await recorded()).toEqual(['GET /made/:id 200', 'GET unmatched 400', 'GET /led/:id 200']);
    server.close();
  });

  test('counts what Fastify answers while it closes, and what it lets finish', async () => {
    const release: (() => void)[] = [];
    const app = create({ forceCloseConnections: false });
    await app.register(fastifyMetrics, { registry, ...onlyRequests });
    app.get('/a/:id', ok).get('/slow/:id', async () => {
      await new Promise<void>((resolve) => release.push(resolve));
      return 'ok';
    });
    const port = await listenOn(app);
    const socket = connect(port, '127.0.0.1').resume();
    socket.write('GET /slow/1 HTTP/1.1\r\nHost: x\r\n\r\n');
    await vi.waitFor(() => expect(release).toHaveLength(1));
    const recording = new Promise<readonly string[]>((resolve) => {
      // The plugin takes its metrics away only after that.
      app.server.once('close', () => resolve(recordedRequests(registry)));
    });
    const isClosed = app.close();
    await vi.waitFor(() => expect(app.server.listening).toBe(false));
    socket.write('GET /a/1 HTTP/1.1\r\nHost: x\r\n\r\n');
    release[0]?.();
    expect(await recording).toEqual(['GET /slow/:id 200', 'GET unmatched 503']);
    await isClosed;
    expect(registry.getMetricsAsArray()).toEqual([]);
  });
});

describe('telltale/fastify', () => {
  test('does not import Fastify', async () => {
    vi.doMock('fastify', () => {
      throw new Error('imported');
    });
    vi.resetModules();
    expect(Object.keys(await import('../../src/fastify.ts')).toSorted()).toEqual([
      'fastifyMetrics',
      'listRoutes',
      'observedOf',
    ]);
    vi.doUnmock('fastify');
  });
});
