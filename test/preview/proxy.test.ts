import { writeFile } from 'node:fs/promises';
import { request as openRequest } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createStage } from './fixture.ts';
import { problemOf, send } from './send.ts';
import { success } from './upstream.ts';

const stage = createStage();
afterEach(() => stage.clear());

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

describe('the proxy to Prometheus', () => {
  it.each([
    ['/api/v1/query?query=up', '/api/v1/query?query=up'],
    [
      '/api/v1/query_range?query=rate(x%5B5m%5D)&start=1&end=2&step=15',
      '/api/v1/query_range?query=rate%28x%5B5m%5D%29&start=1&end=2&step=15',
    ],
    ['/api/v1/query_exemplars?query=up', '/api/v1/query_exemplars?query=up'],
    ['/api/v1/series?match[]=up&match[]=x', '/api/v1/series?match%5B%5D=up&match%5B%5D=x'],
    ['/api/v1/labels', '/api/v1/labels'],
    ['/api/v1/label/__name__/values', '/api/v1/label/__name__/values'],
    ['/api/v1/label/U__http_2e_route/values?match[]=up', '/api/v1/label/U__http_2e_route/values?match%5B%5D=up'],
    ['/api/v1/rules?type=alert', '/api/v1/rules?type=alert'],
    ['/api/v1/alerts', '/api/v1/alerts'],
    ['/api/v1/metadata?limit=1', '/api/v1/metadata?limit=1'],
    ['/api/v1/status/buildinfo', '/api/v1/status/buildinfo'],
    ['/api/v1/query?query=up?a#b', '/api/v1/query?query=up%3Fa%23b'],
    ['/api/v1/query?query=%zz&x=\\..', '/api/v1/query?query=%25zz&x=%5C..'],
  ])('passes on %s', async (target, reached) => {
    const upstream = await stage.upstream();
    const { port } = await stage.preview({ prometheus: upstream.url });
    const { status, body } = await send(port, { target: `/api/prometheus${target}` });
    expect([status, JSON.parse(body), upstream.seen.map(({ method, target }) => [method, target])]).toEqual([
      200,
      success,
      [['GET', reached]],
    ]);
  });

  it('passes on a form, and of the headers only what is accepted', async () => {
    const upstream = await stage.upstream();
    const { port } = await stage.preview({ prometheus: upstream.url });
    await send(port, {
      method: 'POST',
      target: '/api/prometheus/api/v1/query_range?timeout=5s',
      headers: {
        'content-type': 'Application/X-WWW-Form-Urlencoded; charset=UTF-8',
        accept: 'application/json',
        'accept-encoding': 'gzip',
        cookie: 'session=secret',
        authorization: 'Bearer secret',
        'x-forwarded-for': '10.0.0.1',
        'x-scope-orgid': 'other-tenant',
        'if-none-match': '"a"',
        range: 'bytes=0-1',
        te: 'trailers',
        referer: 'http://localhost/d/secret',
      },
      body: 'query=up&start=1&end=2&step=15',
    });
    expect(upstream.seen).toEqual([
      {
        method: 'POST',
        target: '/api/v1/query_range?timeout=5s',
        headers: {
          host: `127.0.0.1:${upstream.port}`,
          connection: 'keep-alive',
          'user-agent': 'telltale-preview',
          accept: 'application/json',
          'accept-encoding': 'gzip',
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': '30',
        },
        body: 'query=up&start=1&end=2&step=15',
      },
    ]);
  });

  it('passes back status, type and bytes, and nothing else', async () => {
    const bytes = gzipSync('{"status":"error"}');
    const upstream = await stage.upstream((_request, response) => {
      response.setHeader('set-cookie', 'a=b');
      response.setHeader('access-control-allow-origin', '*');
      response.setHeader('content-security-policy', "default-src 'none'");
      response.setHeader('www-authenticate', 'Basic');
      response.setHeader('content-encoding', 'gzip');
      response.setHeader('server', 'x');
      response.writeHead(422, { 'content-type': 'application/json' }).end(bytes);
    });
    const { port } = await stage.preview({ prometheus: upstream.url });
    const answer = await send(port, { target: '/api/prometheus/api/v1/query' });
    const { date: _date, ...headers } = answer.headers;
    const page = await send(port, { target: '/api/nothing' });
    expect([answer.status, answer.bytes, headers]).toEqual([
      422,
      bytes,
      {
        ...Object.fromEntries(Object.entries(page.headers).filter(([name]) => !/^date|^content-length/.test(name))),
        'content-type': 'application/json',
        'content-encoding': 'gzip',
        'transfer-encoding': 'chunked',
      },
    ]);
  });

  it('streams: the first bytes come before the last are there', async () => {
    let finish: (() => void) | undefined;
    const upstream = await stage.upstream((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"status":');
      finish = () => response.end('"success"}');
    });
    const { port } = await stage.preview({ prometheus: upstream.url, upstreamTimeoutMillis: 2_000 });
    const chunks: string[] = [];
    const whole = new Promise<void>((resolve, reject) => {
      openRequest({ host: '127.0.0.1', port, path: '/api/prometheus/api/v1/query', agent: false }, (response) => {
        response.setEncoding('utf8').on('data', (chunk: string) => {
          chunks.push(chunk);
          finish?.();
        });
        response.on('end', resolve).on('error', reject);
      }).end();
    });
    await whole;
    expect(chunks).toEqual(['{"status":', '"success"}']);
  });

  it('keeps a path prefix, and sends user and password to nobody but Prometheus', async () => {
    const upstream = await stage.upstream();
    const address = `http://me:p%40s%2Fs@127.0.0.1:${upstream.port}/prom/`;
    const { port } = await stage.preview({ prometheus: address });
    await send(port, { target: '/api/prometheus/api/v1/labels' });
    const info = await send(port, { target: '/api/preview' });
    expect(upstream.seen.map(({ target, headers }) => [target, headers['authorization']])).toEqual([
      ['/prom/api/v1/labels', basic('me:p@s/s')],
    ]);
    expect(JSON.parse(info.body)).toMatchObject({ prometheus: `http://127.0.0.1:${upstream.port}/prom` });
    expect(info.body).not.toMatch(/p@s|p%40s/);
  });

  it('reads the token for each request, and says when it is gone, but never what it was', async () => {
    const upstream = await stage.upstream();
    const folder = await stage.folder({ token: 'first-secret\n' });
    const { port } = await stage.preview({ prometheus: upstream.url, tokenFile: join(folder, 'token') });
    const target = '/api/prometheus/api/v1/labels';
    await send(port, { target });
    await writeFile(join(folder, 'token'), 'second.secret=');
    await send(port, { target });
    await writeFile(join(folder, 'token'), 'third secret\r\nx: y');
    const broken = await problemOf(port, { target });
    expect(upstream.seen.map(({ headers }) => headers['authorization'])).toEqual([
      'Bearer first-secret',
      'Bearer second.secret=',
    ]);
    expect(broken).toEqual({
      status: 502,
      error: `Cannot use "${join(folder, 'token')}" as a token file: it must hold one token`,
    });
  });

  it('uses connections again', async () => {
    const upstream = await stage.upstream();
    const { port } = await stage.preview({ prometheus: upstream.url });
    for (let count = 0; count < 5; count += 1) await send(port, { target: '/api/prometheus/api/v1/labels' });
    expect([upstream.seen.length, upstream.connections()]).toEqual([5, 1]);
  });

  it('asks again when Prometheus has closed a connection that was kept open', async () => {
    let asked = 0;
    const upstream = await stage.upstream((request, response) => {
      asked += 1;
      // Its connection is that of the check at the start.
      if (asked === 1) return void request.socket.resetAndDestroy();
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(success));
    });
    const { port } = await stage.preview({ prometheus: upstream.url });
    const { status } = await send(port, {
      method: 'POST',
      target: '/api/prometheus/api/v1/query',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'query=up',
    });
    expect([status, upstream.seen.map(({ body }) => body)]).toEqual([200, ['query=up', 'query=up']]);
  });

  it.each([
    ['application/json', 415],
    ['text/plain', 415],
    ['multipart/form-data; boundary=x', 415],
    ['', 415],
    ['application/x-www-form-urlencoded', 200],
  ])('takes a body of type %j with %i', async (type, expected) => {
    const upstream = await stage.upstream();
    const { port } = await stage.preview({ prometheus: upstream.url });
    const headers = type === '' ? undefined : { 'content-type': type };
    const plan = { method: 'POST', target: '/api/prometheus/api/v1/query', body: 'query=up' };
    const { status } = await send(port, { ...plan, ...(headers === undefined ? {} : { headers }) });
    expect([status, upstream.seen.length]).toEqual([expected, expected === 200 ? 1 : 0]);
  });

  it.each([
    ['declared', { 'content-length': String(1024 * 1024 + 1) }],
    ['chunked', { 'transfer-encoding': 'chunked' }],
  ])('refuses a body above 1 MiB that is %s', async (_how, headers) => {
    const upstream = await stage.upstream();
    const { port } = await stage.preview({ prometheus: upstream.url });
    const plan = { method: 'POST', target: '/api/prometheus/api/v1/query', body: Buffer.alloc(1024 * 1024 + 1, 'a') };
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const refused = await problemOf(port, { ...plan, headers: { ...type, ...headers } });
    expect([refused, upstream.seen]).toEqual([
      { status: 413, error: 'Cannot read the body: it must be at most 1 MiB' },
      [],
    ]);
    expect((await send(port, { ...plan, headers: type, body: Buffer.alloc(1024 * 1024, 'a') })).status).toBe(200);
  });

  it('does not keep in memory what comes after the limit', async () => {
    const { port } = await stage.preview({ prometheus: (await stage.upstream()).url });
    const [chunk, chunks] = [Buffer.alloc(64 * 1024, 'a'), 3_000];
    const socket = connect(port, '127.0.0.1');
    const said = new Promise((resolve) =>
      socket.once('data', (data: Buffer) => resolve(data.subarray(0, 12).toString())),
    );
    const before = process.memoryUsage().arrayBuffers;
    socket.write('POST /api/prometheus/api/v1/query HTTP/1.1\r\nHost: localhost\r\n');
    socket.write(`Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${chunk.length * chunks}\r\n\r\n`);
    for (let count = 1; count < chunks; count += 1)
      if (!socket.write(chunk)) await new Promise((resolve) => socket.once('drain', resolve));
    const keptMegabytes = (process.memoryUsage().arrayBuffers - before) / 1e6;
    socket.destroy();
    expect([await said, keptMegabytes < 100]).toEqual(['HTTP/1.1 413', true]);
  });

  it('ends the request to Prometheus when the browser goes away', async () => {
    let isEnded = false;
    const upstream = await stage.upstream((request) => {
      if (request.url?.startsWith('/api/v1/labels') === true) request.socket.on('close', () => (isEnded = true));
    });
    const { port } = await stage.preview({ prometheus: upstream.url, upstreamTimeoutMillis: 60_000 });
    const socket = connect(port, '127.0.0.1');
    socket.write('GET /api/prometheus/api/v1/labels HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await vi.waitFor(() => expect(upstream.seen.at(-1)?.target).toBe('/api/v1/labels'));
    expect(isEnded).toBe(false);
    socket.destroy();
    await vi.waitFor(() => expect(isEnded).toBe(true));
  });

  it('ends the request to Prometheus when the browser goes away within the answer', async () => {
    let isEnded = false;
    const upstream = await stage.upstream((request, response) => {
      request.socket.on('close', () => (isEnded = true));
      response.writeHead(200, { 'content-type': 'application/json' }).write('{');
    });
    const { port } = await stage.preview({ prometheus: upstream.url, upstreamTimeoutMillis: 60_000 });
    const socket = connect(port, '127.0.0.1');
    socket.write('GET /api/prometheus/api/v1/labels HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await new Promise((resolve) => socket.once('data', resolve));
    expect(isEnded).toBe(false);
    socket.destroy();
    await vi.waitFor(() => expect(isEnded).toBe(true));
  });
});

describe('the proxy to Alertmanager', () => {
  it('passes on alerts, groups and silences, by GET only', async () => {
    const [prometheus, alertmanager] = [await stage.upstream(), await stage.upstream()];
    const { port } = await stage.preview({ prometheus: prometheus.url, alertmanager: `${alertmanager.url}/am` });
    const paths = ['alerts?active=true&filter=a%3D%22b%22', 'alerts/groups', 'silences'];
    for (const path of paths) await send(port, { target: `/api/alertmanager/api/v2/${path}` });
    expect(alertmanager.seen.map(({ target }) => target)).toEqual([
      '/am/api/v2/alerts?active=true&filter=a%3D%22b%22',
      '/am/api/v2/alerts/groups',
      '/am/api/v2/silences',
    ]);
    const headers = { 'content-type': 'application/json' };
    const refused = await Promise.all([
      send(port, { target: '/api/alertmanager/api/v2/status' }),
      send(port, { target: '/api/alertmanager/api/v2/receivers' }),
      send(port, { target: '/api/alertmanager/api/v2/silence/1', method: 'DELETE' }),
      send(port, { target: '/api/alertmanager/api/v2/silences', method: 'POST', headers, body: '{}' }),
      send(port, { target: '/api/alertmanager/api/v2/alerts', method: 'POST', headers, body: '[]' }),
      send(port, { target: '/api/alertmanager/-/reload', method: 'POST' }),
    ]);
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 405, 405, 405, 403]);
    expect(alertmanager.seen.length).toBe(3);
  });

  it('says that there is none', async () => {
    const { port } = await stage.preview({ prometheus: (await stage.upstream()).url });
    expect(await problemOf(port, { target: '/api/alertmanager/api/v2/alerts' })).toEqual({
      status: 404,
      error: 'Cannot ask Alertmanager: this preview was given none',
    });
  });

  it('gets the token of Prometheus only at the same address', async () => {
    const [prometheus, alertmanager] = [await stage.upstream(), await stage.upstream()];
    const tokenFile = join(await stage.folder({ token: 'secret' }), 'token');
    const target = '/api/alertmanager/api/v2/alerts';
    const apart = await stage.preview({ prometheus: prometheus.url, alertmanager: alertmanager.url, tokenFile });
    const together = await stage.preview({
      prometheus: `${prometheus.url}/prometheus`,
      alertmanager: `${prometheus.url}/alertmanager`,
      tokenFile,
    });
    await send(apart.port, { target });
    await send(together.port, { target });
    expect(alertmanager.seen.map(({ headers }) => headers['authorization'])).toEqual([undefined]);
    expect(prometheus.seen.map(({ headers }) => headers['authorization'])).toEqual(['Bearer secret']);
  });
});
