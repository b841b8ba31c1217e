import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createStage } from './fixture.ts';
import { problemOf, send } from './send.ts';

const stage = createStage();
afterEach(() => stage.clear());

const target = '/api/prometheus/api/v1/query?query=up';

/** A port that nobody listens on. */
async function closedPort(): Promise<number> {
  const upstream = await stage.upstream();
  await upstream.close();
  return upstream.port;
}

describe('the proxy, where Prometheus gives no answer,', () => {
  it('says that it is not running, without the password of its address', async () => {
    const closed = await closedPort();
    const { port, warnings } = await stage.preview({ prometheus: `http://me:secret@127.0.0.1:${closed}/prom` });
    const sentence = `Cannot reach Prometheus at http://127.0.0.1:${closed}/prom: connection refused: is it running?`;
    expect(await problemOf(port, { target })).toEqual({ status: 502, error: sentence });
    expect(warnings).toEqual([sentence]);
  });

  it('says that its host is unknown', async () => {
    const { port } = await stage.preview({ prometheus: 'http://prometheus.invalid:9090' });
    expect(await problemOf(port, { target })).toEqual({
      status: 502,
      error: expect.stringMatching(
        /^Cannot reach Prometheus at http:\/\/prometheus\.invalid:9090: its host name (is unknown|cannot be looked up now)$/,
      ),
    });
  });

  it('says that it is silent', async () => {
    const upstream = await stage.upstream(() => undefined);
    const { port } = await stage.preview({ prometheus: upstream.url, upstreamTimeoutMillis: 100 });
    expect(await problemOf(port, { target })).toEqual({
      status: 504,
      error: `Cannot wait longer for Prometheus at ${upstream.url}: it was silent for 0.1 s`,
    });
  });

  it('breaks off an answer that stops halfway, so that half of it does not look whole', async () => {
    const silent = await stage.upstream((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"status":');
    });
    const cut = await stage.upstream((request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"status":');
      setImmediate(() => request.socket.destroy());
    });
    for (const { url } of [silent, cut]) {
      const { port } = await stage.preview({ prometheus: url, upstreamTimeoutMillis: 100 });
      await expect(send(port, { target })).rejects.toMatchObject({ code: 'ECONNRESET' });
      expect((await send(port, { target: '/' })).status).toBe(200);
    }
  });

  it.each([
    ['https://prometheus.example/api/v1/query?query=up', 'https://prometheus.example/api/v1/query'],
    ['https://me:secret@sso.example/login?next=secret', 'https://sso.example/login'],
    ['/prom/api/v1/query', 'http://127.0.0.1:PORT/prom/api/v1/query'],
    ['//other.example/x', 'http://other.example/x'],
    ['javascript:alert(1)', 'an address that is none'],
    ['http://', 'an address that is none'],
  ])('does not follow it to %s', async (location, shown) => {
    const upstream = await stage.upstream((_request, response) => {
      response.writeHead(302, { location, 'content-type': 'application/json' }).end('{}');
    });
    const { port } = await stage.preview({ prometheus: upstream.url });
    const answer = await send(port, { target });
    const to = shown.replace('PORT', String(upstream.port));
    expect([answer.status, answer.headers['location'], JSON.parse(answer.body), upstream.seen.length]).toEqual([
      502,
      undefined,
      { error: `Cannot ask Prometheus at ${upstream.url} as it redirects to ${to}: give its final address` },
      1,
    ]);
  });

  it.each([
    [401, 'it answers 401 Unauthorized: give a user and password in its address, or a token file'],
    [403, 'it answers 403 Forbidden: give a user and password in its address, or a token file'],
    [404, 'it answers 404 Not Found: is a path prefix missing from the address?'],
    [503, 'it answers 503 Service Unavailable: is it still starting?'],
    [200, 'it answers 200 OK, which is not JSON'],
  ])('passes no page on that it answers with %i', async (status, said) => {
    const upstream = await stage.upstream((_request, response) => {
      response.writeHead(status, { 'content-type': 'text/html' }).end('<script src="/x"></script>');
    });
    const { port } = await stage.preview({ prometheus: upstream.url });
    expect(await problemOf(port, { target })).toEqual({
      status: 502,
      error: `Cannot use the answer of Prometheus at ${upstream.url}: ${said}`,
    });
  });

  it('says that it speaks something else', async () => {
    const server = createServer((socket) => void socket.resume().end('220 mail.example ESMTP\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port: upstreamPort } = server.address() as AddressInfo;
    const { port } = await stage.preview({ prometheus: `http://127.0.0.1:${upstreamPort}` });
    const answer = await problemOf(port, { target });
    await new Promise((resolve) => server.close(resolve));
    expect(answer).toEqual({
      status: 502,
      error: `Cannot reach Prometheus at http://127.0.0.1:${upstreamPort}: it does not speak HTTP: is the address https, not http?`,
    });
  });

  it('says that it speaks no TLS', async () => {
    const upstream = await stage.upstream();
    const { port } = await stage.preview({ prometheus: `https://127.0.0.1:${upstream.port}` });
    expect(await problemOf(port, { target })).toEqual({
      status: 502,
      error: `Cannot reach Prometheus at https://127.0.0.1:${upstream.port}: it does not speak TLS: is the address http, not https?`,
    });
  });
});
