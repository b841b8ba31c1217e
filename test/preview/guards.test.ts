import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { refusalOf } from '../../src/preview/guards.ts';
import type { Preview } from '../../src/preview/start-preview.ts';
import { createStage, index } from './fixture.ts';
import { type Plan, problemOf, send, sendText } from './send.ts';
import type { TestUpstream } from './upstream.ts';

const stage = createStage();
let upstream: TestUpstream;
let preview: Preview;

beforeAll(async () => {
  upstream = await stage.upstream();
  preview = await stage.preview({
    prometheus: upstream.url,
    controls: { list: async () => [], set: () => Promise.reject(new Error('never')) },
  });
});
beforeEach(() => upstream.seen.splice(0));
afterAll(() => stage.clear());

const query = '/api/prometheus/api/v1/query?query=up';
const statusOf = async (plan: Plan): Promise<number> => (await send(preview.port, plan)).status;

const post = (headers: Record<string, string>): Plan => ({
  method: 'POST',
  target: '/api/prometheus/api/v1/query',
  headers: { host: 'localhost:3010', 'content-type': 'application/x-www-form-urlencoded', ...headers },
  body: 'query=up',
});

describe('the preview, by host', () => {
  it.each(['localhost', 'LOCALHOST:3010', '127.0.0.1', '10.1.2.3:80', '[::1]:3010', '[fe80::1]'])(
    'answers as %s',
    async (host) => {
      expect(await statusOf({ headers: { host } })).toBe(200);
    },
  );

  // A name that its owner points at this machine: the page of that name would be of the same origin.
  it.each([
    'evil.example',
    'evil.example:3010',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'localhost.',
    'user@localhost',
    'localhost@evil.example',
    'localhost/evil',
    'evil.example,localhost',
  ])('answers nothing as %j', async (host) => {
    const targets = ['/', '/api/preview', query];
    const statuses = await Promise.all(targets.map((target) => statusOf({ target, headers: { host } })));
    expect([statuses, upstream.seen]).toEqual([[421, 421, 421], []]);
  });

  it('says how it may be called', async () => {
    expect(await problemOf(preview.port, { headers: { host: 'evil.example' } })).toEqual({
      status: 421,
      error:
        'Cannot answer for the host that this request names: use localhost, an IP address, or the name given with --host',
    });
  });

  it.each(['GET /api/preview HTTP/1.0', 'GET /api/preview HTTP/1.0\r\nHost:', 'GET /api/preview HTTP/1.0\r\nHost: '])(
    'answers nothing to %j',
    async (head) => {
      expect(await sendText(preview.port, `${head}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 421 /);
    },
  );

  it('answers as the host that it was given', async () => {
    const host = 'Metrics.internal';
    const { url, port } = await stage.upstream((request, response) => {
      response.statusCode = refusalOf({ request, path: '/', host })?.status ?? 200;
      response.end();
    });
    const hosts = ['metrics.internal', 'METRICS.INTERNAL:3010', 'localhost', new URL(url).host, 'other.internal'];
    const answers = await Promise.all(hosts.map((host) => send(port, { headers: { host } })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 421]);
  });
});

describe('the preview, by target', () => {
  it.each([
    'http://evil.example/api/prometheus/api/v1/query',
    'http://evil.example',
    '//evil.example/api/prometheus/api/v1/query',
    '/api/prometheus//evil.example/api/v1/query',
    '/api/prometheus/@evil.example/api/v1/query',
    '/api/prometheus@evil.example/api/v1/query',
    '/api/prometheus:80/api/v1/query',
    '/api/prometheus.evil.example/api/v1/query',
    '/api/prometheus/../api/v1/query',
    '/api/prometheus/api/v1/../admin/tsdb/delete_series',
    '/api/prometheus/api/v1/query/../status/config',
    '/api/prometheus/api/v1/query/%2e%2e/status/config',
    '/api/prometheus/api/v1/query%2f..%2fstatus%2fconfig',
    '/api/prometheus/api/v1/label/..%2f..%2fstatus%2fconfig%3f/values',
    '/api/prometheus/api/v1/label/%2e%2e/values',
    '/api/prometheus/api/v1/label/a%2fb/values',
    '/api/prometheus/api/v1/label//values',
    '/api/prometheus/api/v1/label/job%00/values',
    '/api/prometheus/api/v1/label/job%0d%0ahost:evil/values',
    '/api/prometheus/api/v1/label/job%3Fx/values',
    '/api/prometheus/api/v1/label/job%23/values',
    '/api/prometheus/api\\v1\\query',
    '/api/prometheus/api/v1/query%5c',
    '/api/prometheus/api/v1/query#',
    '/api/prometheus/api/v1/query/',
    '/api/prometheus/api/v1/query%',
    '/api/prometheus/api/v1/query%ff',
    '/api/prometheus/api/v1/status/config',
    '/api/prometheus/api/v1/status/flags',
    '/api/prometheus/api/v1/targets',
    '/api/prometheus/api/v1/write',
    '/api/prometheus/api/v1/admin/tsdb/snapshot',
    '/api/prometheus/federate',
    '/api/prometheus/metrics',
    '/api/prometheus/-/reload',
    '/api/prometheus/',
    '/api/prometheus',
  ])('passes nothing on for %s', async (target) => {
    const { status, headers } = await send(preview.port, { target });
    expect([status >= 400 && status < 500, headers['content-type'], upstream.seen]).toEqual([
      true,
      'application/json; charset=utf-8',
      [],
    ]);
  });

  it.each([
    '/..',
    '/d/../api/preview',
    '/%2e%2E/x',
    '/d/%2e/x',
    '/a%2f..%2fb',
    '/d\\x',
    '/d/%5C',
    '/%00',
    '/d/x%0a',
    '/d/%7f',
    '//',
    '/%2f',
    '/d/x#y',
    '/%',
    '/%c0%ae',
    'http://localhost/',
  ])('answers no page for %j', async (target) => {
    expect(await problemOf(preview.port, { target })).toEqual({
      status: 400,
      error: 'Cannot answer for this address: it must be a plain path',
    });
  });

  it('is not a proxy for other hosts', async () => {
    const said = async (first: string): Promise<string | undefined> =>
      (await sendText(preview.port, `${first}\r\nHost: localhost\r\nConnection: close\r\n\r\n`)).split('\r\n')[0];
    expect(await said('CONNECT evil.example:443 HTTP/1.1')).toBe('');
    expect(await said('GET @evil.example/api/prometheus/api/v1/query HTTP/1.1')).toBe('HTTP/1.1 400 Bad Request');
    expect(await said('GET /api/prometheus/api/v1/query\0 HTTP/1.1')).toBe('HTTP/1.1 400 Bad Request');
    expect(await said('GET *  HTTP/1.1')).toBe('HTTP/1.1 400 Bad Request');
    expect(
      await problemOf(preview.port, { target: `${upstream.url}/api/v1/query`, headers: { host: 'localhost' } }),
    ).toEqual({ status: 400, error: 'Cannot answer for this address: it must be a plain path' });
    expect(upstream.seen).toEqual([]);
  });

  it.each(['/api', '/api/', '/api/nothing', '/api/preview/', '/api/dashboards', '/api/preview/x', '/api/../api'])(
    'has nothing at %s',
    async (target) => {
      const { status, body } = await send(preview.port, { target });
      expect([status >= 400, body.includes(index)]).toEqual([true, false]);
    },
  );
});

describe('the preview, by method', () => {
  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'])('refuses %s', async (method) => {
    const { status, headers } = await send(preview.port, { method, target: query });
    expect([status, headers['allow'], upstream.seen]).toEqual([405, 'GET, HEAD, POST', []]);
  });

  it.each([
    ['POST', '/', 'GET, HEAD'],
    ['POST', '/api/preview', 'GET, HEAD'],
    ['POST', '/api/controls', 'GET, HEAD'],
    ['GET', '/api/controls/slow', 'POST'],
    ['HEAD', query, 'GET, POST'],
    ['POST', '/api/prometheus/api/v1/rules', 'GET'],
    ['POST', '/api/prometheus/api/v1/label/job/values', 'GET'],
  ])('says what is allowed instead of %s %s', async (method, target, allow) => {
    const { status, headers } = await send(preview.port, { method, target });
    expect([status, headers['allow'], upstream.seen]).toEqual([405, allow, []]);
  });

  it('answers HEAD as GET, without a body', async () => {
    for (const target of ['/', '/api/preview', '/api/nothing']) {
      const [get, head] = await Promise.all([
        send(preview.port, { target }),
        send(preview.port, { method: 'HEAD', target }),
      ]);
      const { date: _date, ...headers } = get.headers;
      expect(head).toMatchObject({ status: get.status, body: '', headers });
    }
  });
});

describe('the preview, by site', () => {
  it.each(['cross-site', 'same-site'])('keeps its API from pages that are %s', async (site) => {
    const headers = { 'sec-fetch-site': site };
    const targets = ['/api/preview', query, '/%61pi/preview', '/%61pi/prometheus/api/v1/query'];
    const statuses = await Promise.all(targets.map((target) => statusOf({ target, headers })));
    expect([statuses, upstream.seen]).toEqual([[403, 403, 403, 403], []]);
  });

  it('can be linked to from other sites', async () => {
    expect(await statusOf({ target: '/d/telltale-api', headers: { 'sec-fetch-site': 'cross-site' } })).toBe(200);
  });

  it.each(['same-origin', 'none'])('answers requests that are %s', async (site) => {
    expect(await statusOf({ target: query, headers: { 'sec-fetch-site': site } })).toBe(200);
  });

  it.each<Record<string, string>>([
    { origin: 'http://evil.example' },
    { origin: 'http://localhost:3000' },
    { origin: 'http://localhost' },
    { origin: 'http://127.0.0.1:3010' },
    { origin: 'http://localhost:3010.evil.example' },
    { origin: 'localhost:3010' },
    { origin: 'null' },
    { origin: 'null', 'sec-fetch-site': 'cross-site' },
    { origin: '' },
  ])('takes no POST with %o', async (headers) => {
    expect([await statusOf(post(headers)), upstream.seen]).toEqual([403, []]);
  });

  it.each<Record<string, string>>([
    {},
    { origin: 'http://localhost:3010' },
    { origin: 'http://LOCALHOST:3010' },
    { origin: 'https://localhost:3010' },
    { origin: 'null', 'sec-fetch-site': 'same-origin' },
  ])('takes a POST with %o', async (headers) => {
    expect(await statusOf(post(headers))).toBe(200);
  });
});

describe('the preview, to everyone', () => {
  it.each([
    { target: '/' },
    { target: '/assets/index-a1b2.js' },
    { target: '/missing.js' },
    { target: '/api/preview' },
    { target: '/api/nothing' },
    { target: query },
    { target: '/api/prometheus/api/v1/status/config' },
    { target: '/', method: 'DELETE' },
    { target: '/', headers: { host: 'evil.example' } },
    { target: 'http://evil.example' },
  ])('sends the security headers with %o', async (plan) => {
    const { headers } = await send(preview.port, {
      ...plan,
      headers: { origin: 'http://evil.example', ...plan.headers },
    });
    expect(headers).toMatchObject({
      'content-security-policy':
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
    });
    const shared = Object.keys(headers).filter((name) => /^access-control|^set-cookie|^x-powered-by/.test(name));
    expect(shared).toEqual([]);
  });
});
