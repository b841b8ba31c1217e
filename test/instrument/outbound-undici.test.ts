import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import { Agent, Client, interceptors, Pool, ProxyAgent, request, RetryAgent, stream, upgrade } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import { selfSigned } from '../support/certificate.ts';
import { settled, startOrigin, watch } from '../support/outbound-origin.ts';

const quietly = (work: Promise<unknown>): Promise<unknown> => work.catch(() => {});

/** A dispatcher that ends with the test. */
function ending<T extends { destroy(): Promise<void> }>(dispatcher: T): T {
  onTestFinished(() => dispatcher.destroy());
  return dispatcher;
}

describe('outboundMetrics() with undici', () => {
  it('records request(), stream() and the pool, each once', async () => {
    const origin = await startOrigin();
    const registry = watch({ api: origin.host });
    await (await request(`${origin.url}/ok`)).body.text();
    await stream(
      `${origin.url}/missing`,
      { method: 'GET' },
      () => new Writable({ write: (_chunk, _encoding, done) => done() }),
    );
    const pool = ending(new Pool(origin.url, { connections: 2 }));
    const calls = Array.from({ length: 10 }, async () =>
      (await pool.request({ path: '/ok', method: 'PUT' })).body.dump(),
    );
    await Promise.all(calls);
    expect(await settled(registry, origin)).toEqual({ 'api GET 200': 1, 'api GET 404': 1, 'api PUT 200': 10 });
  });

  it('records every attempt of a retry, and every hop of a redirect', async () => {
    const origin = await startOrigin();
    const registry = watch({ api: origin.host });
    const retrying = ending(new RetryAgent(ending(new Agent()), { minTimeout: 1, maxRetries: 3 }));
    await (await retrying.request({ origin: origin.url, path: '/flaky', method: 'GET' })).body.dump();
    const following = ending(new Agent()).compose(interceptors.redirect({ maxRedirections: 2 }));
    await (await following.request({ origin: origin.url, path: '/moved', method: 'POST' })).body.dump();
    // After 302 a POST goes on as GET.
    expect(await settled(registry, origin)).toEqual({ 'api GET 503': 2, 'api POST 302': 1, 'api GET 200': 2 });
  });

  it('tells the timeouts of headers, body and connection from other errors', async () => {
    const origin = await startOrigin();
    const unanswering = 'http://192.0.2.1:81';
    const registry = watch({ api: origin.host, far: '192.0.2.1' });
    const impatient = ending(new Agent({ headersTimeout: 50, bodyTimeout: 50, connect: { timeout: 50 } }));
    await quietly(request(`${origin.url}/hang`, { dispatcher: impatient }));
    await quietly(request(`${origin.url}/stall`, { dispatcher: impatient }).then(({ body }) => body.text()));
    await quietly(request(`${origin.url}/half`, { dispatcher: impatient }).then(({ body }) => body.text()));
    const lost = await request(unanswering, { dispatcher: impatient }).catch((error: Error) => error.name);
    // Where the machine has no network at all, the kernel says so before the time is over.
    const far = lost === 'ConnectTimeoutError' ? 'far GET timeout' : 'far GET error';
    expect(await settled(registry, origin)).toEqual({ 'api GET timeout': 2, 'api GET error': 1, [far]: 1 });
  });

  it('records what is underway, and what waits, when a client is destroyed', async () => {
    const origin = await startOrigin();
    const registry = watch({ api: origin.host });
    const client = new Client(origin.url);
    const calls = Array.from({ length: 3 }, () => quietly(client.request({ path: '/hang', method: 'GET' })));
    await new Promise((resolve) => setTimeout(resolve, 50));
    await client.destroy();
    await Promise.all(calls);
    expect(await settled(registry, origin)).toEqual({ 'api GET error': 3 });
  });

  it('records upgrades; a refused one is an error, as undici does not say how it was answered', async () => {
    const origin = await startOrigin();
    const registry = watch({ api: origin.host });
    // Not the global dispatcher, which may be that of the older undici in Node.
    const dispatcher = ending(new Agent());
    const { socket } = await upgrade(`${origin.url}/upgrade`, { protocol: 'echo', dispatcher });
    socket.destroy();
    await quietly(upgrade(`${origin.url}/refused`, { protocol: 'echo', dispatcher }));
    expect(await settled(registry, origin)).toEqual({ 'api GET 101': 1, 'api GET error': 1 });
  });

  it('records a call through a proxy to its own host, and the tunnel to the proxy', async () => {
    const origin = await startOrigin();
    const proxy = await startProxy();
    const registry = watch({ api: origin.host, proxy: `localhost:${proxy.port}` });
    const dispatcher = ending(new ProxyAgent({ uri: `http://localhost:${proxy.port}`, proxyTunnel: true }));
    await (await request(`${origin.url}/ok`, { dispatcher })).body.text();
    await (await request(`${origin.url}/ok`, { dispatcher })).body.text();
    expect(await settled(registry, origin)).toEqual({ 'proxy CONNECT 200': proxy.asked(), 'api GET 200': 2 });
  });

  it('records connect() to a proxy that refuses', async () => {
    const origin = await startOrigin();
    const proxy = await startProxy('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    const registry = watch({ proxy: `localhost:${proxy.port}` });
    const client = ending(new Client(`http://localhost:${proxy.port}`));
    const { socket } = await client.connect({ path: origin.host });
    socket.destroy();
    expect(await settled(registry, origin)).toEqual({ 'proxy CONNECT 407': 1 });
  });

  it('records calls over TLS, HTTP/2 and a unix socket', async () => {
    const certificate = await selfSigned();
    const secure = await startOrigin('https', { certificate });
    const second = await startOrigin('http2', { certificate });
    const socketPath = join(tmpdir(), `telltale-${randomUUID()}.sock`);
    const local = await startOrigin('http', { path: socketPath });
    const registry = watch({ secure: secure.host, second: second.host, local: 'docker.local' });
    const connectOptions = { connect: { ca: certificate.cert } };
    const dispatcher = ending(new Agent({ ...connectOptions, allowH2: true }));
    await (await request(`${secure.url}/ok`, { dispatcher })).body.text();
    await (await request(`${second.url}/missing`, { dispatcher })).body.text();
    const byPath = ending(new Client('http://docker.local', { socketPath }));
    await (await byPath.request({ path: '/ok', method: 'GET' })).body.text();
    const expected = { 'secure GET 200': 1, 'second GET 404': 1, 'local GET 200': 1 };
    expect(await settled(registry, secure)).toEqual(expected);
    second.cut();
    local.cut();
  });

  it('records a certificate that is not trusted as an error', async () => {
    const secure = await startOrigin('https', { certificate: await selfSigned() });
    const registry = watch({ secure: secure.host });
    await quietly(request(`${secure.url}/ok`));
    expect(await settled(registry, secure)).toEqual({ 'secure GET error': 1 });
  });
});

/** Opens tunnels, or gives every one who asks the same answer. */
async function startProxy(
  answer?: string,
): Promise<{ readonly port: number; /** How often. */ readonly asked: () => number }> {
  let asked = 0;
  const server: Server = createServer().on('connect', ({ url = '' }, client) => {
    asked += 1;
    client.on('error', () => {});
    if (answer !== undefined) {
      client.end(answer);
      return;
    }
    const target = connectTcp(Number(url.split(':')[1]), 'localhost', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      target.pipe(client).pipe(target);
    });
    target.on('error', () => client.destroy());
    client.once('close', () => target.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, resolve);
  });
  onTestFinished(() => void server.close());
  return { port: (server.address() as AddressInfo).port, asked: () => asked };
}
