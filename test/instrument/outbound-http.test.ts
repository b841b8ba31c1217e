import { randomUUID } from 'node:crypto';
import http, { Agent, type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import { connect as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { selfSigned } from '../support/certificate.ts';
import {
  closedPort,
  settled,
  slowBodyMillis,
  type Origin,
  recorded,
  recordedSeconds,
  startOrigin,
  watch,
} from '../support/outbound-origin.ts';

/** Node 20 announces a request only once it is sent. */
const announcesCreation = Number(process.versions.node.split('.')[0]) >= 22;

/** Calls, reads the response, and resolves however it ends. */
function call(origin: Origin, path: string, options: RequestOptions = {}): Promise<void> {
  return new Promise((resolve) => {
    const request = http.request({ host: 'localhost', port: origin.port, path, ...options }, (response) => {
      response.resume().on('error', () => {});
      response.on('close', resolve);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve());
    request.on('close', () => resolve());
    request.end(options.method === 'POST' ? 'hello' : undefined);
  });
}

/** The response of a call whose body is left alone. */
function answerTo(request: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.on('response', resolve).on('error', reject).end();
  });
}

const failed = (request: ClientRequest): Promise<unknown> => new Promise((resolve) => request.on('error', resolve));
const sleep = (millis: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, millis));

describe('outboundMetrics() with node:http', () => {
  it.each<[string, string, RequestOptions, Record<string, number>]>([
    ['an answer', '/ok', {}, { 'api GET 200': 1 }],
    ['a method written in lower case', '/echo', { method: 'post' }, { 'api POST 200': 1 }],
    ['an answer without a body', '/empty', {}, { 'api GET 204': 1 }],
    ['a HEAD request', '/ok', { method: 'HEAD' }, { 'api HEAD 200': 1 }],
    ['an error status', '/missing', {}, { 'api GET 404': 1 }],
    ['the final answer after early hints', '/hints', {}, { 'api GET 200': 1 }],
    [
      'the final answer after 100 Continue',
      '/echo',
      { method: 'POST', headers: { expect: '100-continue' } },
      { 'api POST 200': 1 },
    ],
    ['a reset', '/reset', {}, { 'api GET error': 1 }],
    ['an answer that is no HTTP', '/garbage', {}, { 'api GET error': 1 }],
    ['a response that breaks off', '/half', {}, { 'api GET error': 1 }],
    ['a response whose body is no HTTP', '/broken-chunk', {}, { 'api GET error': 1 }],
    ['a socket timeout', '/hang', { timeout: 50 }, { 'api GET timeout': 1 }],
    ['a socket timeout while the body comes', '/stall', { timeout: 50 }, { 'api GET timeout': 1 }],
    [
      'an upgrade that nobody expects',
      '/upgrade',
      { headers: { connection: 'upgrade', upgrade: 'x' } },
      { 'api GET 101': 1 },
    ],
    ['an upgrade that is refused', '/no', { headers: { connection: 'upgrade', upgrade: 'x' } }, { 'api GET 403': 1 }],
  ])('records %s', async (_, path, options, expected) => {
    const origin = await startOrigin();
    const registry = watch({ api: origin.host });
    await call(origin, path, options);
    expect(await settled(registry, origin)).toEqual(expected);
  });

  it('records calls over kept connections, each once', async () => {
    const origin = await startOrigin();
    const registry = watch({ api: origin.host });
    const agent = new Agent({ keepAlive: true, maxSockets: 2 });
    onTestFinished(() => agent.destroy());
    await Promise.all(Array.from({ length: 20 }, (_, i) => call(origin, i % 2 === 0 ? '/ok' : '/missing', { agent })));
    expect(await settled(registry, origin)).toEqual({ 'api GET 200': 10, 'api GET 404': 10 });
  });

  it('counts the time up to the end of the response', async () => {
    const origin = await startOrigin();
    const registry = watch({ api: origin.host });
    await call(origin, '/slow-body');
    expect(await settled(registry, origin)).toEqual({ 'api GET 200': 1 });
    // Timers are early by up to a millisecond.
    expect(await recordedSeconds(registry)).toBeGreaterThan((slowBodyMillis - 2) / 1_000);
  });

  it.each(['/hang', '/stall'])('records the timeout of a signal as one: %s', async (path) => {
    const origin = await startOrigin();
    const registry = watch({ api: origin.host });
    await call(origin, path, { signal: AbortSignal.timeout(50) });
    expect(await settled(registry, origin)).toEqual({ 'api GET timeout': 1 });
  });

  it.each<[string, (request: ClientRequest, controller: AbortController) => void]>([
    ['destroyed', (request) => request.destroy()],
    ['destroyed with an error', (request) => request.destroy(new Error('changed my mind'))],
    ['aborted by a signal', (_, controller) => controller.abort()],
  ])('records a request that is %s before its answer as an error', async (_, stop) => {
    const origin = await startOrigin();
    const registry = watch({ api: origin.host });
    const controller = new AbortController();
    const request = http.get(`${origin.url}/hang`, { signal: controller.signal }).on('error', () => {});
    await sleep(50);
    stop(request, controller);
    expect(await settled(registry, origin)).toEqual({ 'api GET error': 1 });
  });

  it.each<[string, (response: IncomingMessage, request: ClientRequest, controller: AbortController) => unknown]>([
    ['destroyed', (response) => response.destroy()],
    ['destroyed with an error', (response) => response.destroy(new Error('too large'))],
    ['destroyed by its request', (_, request) => request.destroy()],
    ['aborted by a signal', (_, __, controller) => controller.abort()],
  ])('records the status, and the time up to the headers, of a response that is %s', async (_, stop) => {
    const origin = await startOrigin();
    const registry = watch({ api: origin.host });
    const controller = new AbortController();
    const start = performance.now();
    const request = http.request(`${origin.url}/stall`, { signal: controller.signal });
    const response = await answerTo(request);
    const headersSeconds = (performance.now() - start) / 1_000;
    request.on('error', () => {});
    response.on('error', () => {});
    await sleep(100);
    stop(response, request, controller);
    expect(await settled(registry, origin)).toEqual({ 'api GET 200': 1 });
    expect(await recordedSeconds(registry)).toBeLessThanOrEqual(headersSeconds);
  });

  it('records a response that nobody reads, once its connection is closed, with the time up to its headers', async () => {
    const origin = await startOrigin();
    const registry = watch({ api: origin.host });
    const start = performance.now();
    const response = await answerTo(http.request(`${origin.url}/ok`));
    const headersSeconds = (performance.now() - start) / 1_000;
    await sleep(100);
    expect(await recorded(registry)).toEqual({});
    origin.cut();
    expect(await settled(registry, origin)).toEqual({ 'api GET 200': 1 });
    expect(await recordedSeconds(registry)).toBeLessThanOrEqual(headersSeconds);
    expect(response.readableDidRead).toBe(false);
  });

  it('records an answer that comes before the request is sent to its end, once', async () => {
    const origin = await startOrigin();
    const registry = watch({ api: origin.host });
    const request = http.request(`${origin.url}/early`, { method: 'POST' }).on('error', () => {});
    request.write('the first of many');
    request.on('response', (response) => response.resume());
    await expect.poll(() => recorded(registry), { timeout: 20_000 }).toEqual({ 'api POST 401': 1 });
    request.end('the last');
    await sleep(50);
    expect(await settled(registry, origin)).toEqual({ 'api POST 401': 1 });
  });

  it('records a request that was never sent to its end', async () => {
    const origin = await startOrigin();
    const registry = watch({ api: origin.host });
    const request = http.request(`${origin.url}/hang`, { method: 'POST' }).on('error', () => {});
    request.write('the first of many');
    await sleep(50);
    request.destroy();
    expect(await settled(registry, origin)).toEqual({ 'api POST error': 1 });
  });

  it('records an upgrade that its caller takes over', async () => {
    const origin = await startOrigin();
    const registry = watch({ api: origin.host });
    const request = http.get(`${origin.url}/upgrade`, { headers: { connection: 'upgrade', upgrade: 'echo' } });
    const listeners = await new Promise((resolve) => {
      request.on('upgrade', (_response, socket) => {
        socket.on('error', () => {});
        resolve(request.listenerCount('upgrade'));
      });
    });
    expect(listeners).toBe(1);
    expect(await settled(registry, origin)).toEqual({ 'api GET 101': 1 });
  });

  it('records a refused connection, and is no listener of its error', async () => {
    const port = await closedPort();
    const registry = watch({ down: `localhost:${port}` });
    const request = http.get({ host: 'localhost', port });
    const listeners = await new Promise((resolve) => {
      request.on('error', () => resolve(request.listenerCount('error')));
    });
    expect(listeners).toBe(1);
    expect(await recorded(registry)).toEqual({ 'down GET error': 1 });
  });

  it('records a name that does not resolve, and an agent that gives no connection', async () => {
    const registry = watch({ gone: 'no-such-host.invalid', api: 'api.internal' });
    const failing = new Agent();
    Object.assign(failing, {
      createConnection: (_options: unknown, done: (error: Error) => void) => {
        setImmediate(() => done(new Error('the proxy is down')));
      },
    });
    await failed(http.get('http://no-such-host.invalid/'));
    await failed(http.get('http://api.internal/', { agent: failing }));
    expect(await recorded(registry)).toEqual({ 'gone GET error': 1, 'api GET error': 1 });
  });

  it('records calls over TLS with a CA of their own, and a certificate that is not trusted', async () => {
    const certificate = await selfSigned();
    const origin = await startOrigin('https', { certificate });
    const registry = watch({ secure: origin.host });
    const send = (options: https.RequestOptions): Promise<void> =>
      new Promise((resolve) => {
        https
          .get(`${origin.url}/ok`, options, (response) => response.resume().on('close', resolve))
          .on('error', () => resolve());
      });
    await send({ ca: certificate.cert });
    await send({});
    expect(await settled(registry, origin)).toEqual({ 'secure GET 200': 1, 'secure GET error': 1 });
  });

  it('records calls over a unix socket and through a proxy to the host they name', async () => {
    const socketPath = join(tmpdir(), `telltale-${randomUUID()}.sock`);
    const local = await startOrigin('http', { path: socketPath });
    const proxy = await startOrigin();
    const registry = watch({ docker: 'docker.local', api: 'api.stripe.com', proxy: proxy.host });
    await call(local, '/ok', { socketPath, headers: { host: 'docker.local' } });
    await call(proxy, '/ok', { headers: { host: 'api.stripe.com' } });
    expect(await settled(registry, proxy)).toEqual({ 'docker GET 200': 1, 'api GET 200': 1 });
    local.cut();
  });

  it('records the tunnel of a proxy, and the calls through it', async () => {
    const origin = await startOrigin();
    const proxy = http.createServer().on('connect', (_request, client) => {
      const target = connectTcp(origin.port, 'localhost', () => {
        client.write('HTTP/1.1 200 Connection established\r\n\r\n');
        target.pipe(client).pipe(target);
      });
      for (const socket of [client, target]) socket.on('error', () => {});
    });
    await new Promise<void>((resolve) => {
      proxy.listen(0, resolve);
    });
    onTestFinished(() => void proxy.close());
    const { port } = proxy.address() as { readonly port: number };
    const registry = watch({ api: origin.host, proxy: `localhost:${port}` });
    const tunnel = http.request({ host: 'localhost', port, method: 'CONNECT', path: origin.host }).end();
    await new Promise<void>((resolve) => {
      tunnel.on('connect', (_response, socket) => {
        void call(origin, '/ok', { createConnection: () => socket }).then(resolve);
      });
    });
    expect(await settled(registry, origin)).toEqual({ 'proxy CONNECT 200': 1, 'api GET 200': 1 });
  });

  it.runIf(announcesCreation)('counts the time in which a request waits and is written', async () => {
    const origin = await startOrigin();
    const registry = watch({ api: origin.host });
    const request = http.request(`${origin.url}/echo`, { method: 'POST' });
    await sleep(100);
    (await answerTo(request)).resume();
    expect(await settled(registry, origin)).toEqual({ 'api POST 200': 1 });
    expect(await recordedSeconds(registry)).toBeGreaterThan(0.09);
  });
});
