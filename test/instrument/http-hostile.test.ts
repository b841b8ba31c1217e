import { connect } from 'node:net';
import { once } from 'node:events';
import { Registry } from 'prom-client';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { instrumentListener } from '../../src/http.ts';
import { scrape } from '../support/exposition.ts';
import { recordedRequests, requestsSettle } from '../support/express-exposition.ts';
import { ok } from '../support/express-rows.ts';
import { type RunningServer, startServer } from '../support/express-server.ts';

const failures = async (registry: Registry): Promise<number | undefined> =>
  (await scrape(registry)).value('telltale_label_errors_total', { metric: 'http_request_duration_seconds' });

describe('instrumentListener()', () => {
  let server: RunningServer | undefined;
  afterEach(async () => {
    vi.restoreAllMocks();
    await server?.close();
  });

  test.each([
    ['quotes and backslashes', String.raw`/a"b\c\\"`],
    ['line breaks', '/a\nb\r\nc="d"} 1\n# HELP x'],
    ['NUL and control characters', '/a\u0000b\u0007'],
    ['other scripts', '/ünïcødé/🦊'],
    ['a lone surrogate', '/a\uD800'],
    ['100 KB', `/${'x'.repeat(100_000)}`],
  ])('exposes a route with %s as one series that can be read back', async (_name, route) => {
    const registry = new Registry();
    server = await startServer(instrumentListener(ok, { registry, route: () => route }));
    await server.send({ path: '/' });
    await requestsSettle(registry);
    expect(await recordedRequests(registry)).toEqual([`GET ${route} 200`]);
  });

  test.each([
    ['undefined', undefined],
    ['null', null],
    ['a number', 7],
    ['an object', { toString: () => '/x' }],
    ['a symbol', Symbol('x')],
    ['nothing', ''],
    ['a promise', Promise.resolve('/x')],
    ['a promise that fails', () => Promise.reject(new Error('no'))],
    ['a promise that hangs', new Promise(() => undefined)],
  ])('names a request "unmatched" where route() gives %s', async (_name, answer) => {
    vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const registry = new Registry();
    const route = (): never => (typeof answer === 'function' ? answer() : answer) as never;
    server = await startServer(instrumentListener(ok, { registry, route }));
    expect(await server.send({ path: '/' })).toMatchObject({ status: 200, body: 'ok' });
    await requestsSettle(registry);
    expect(await recordedRequests(registry)).toEqual(['GET unmatched 200']);
    expect(await failures(registry)).toBe(answer === undefined ? undefined : 1);
  });

  test.each([
    ['a promise', async () => await Promise.resolve(true), undefined],
    ['a promise that fails', async () => await Promise.reject(new Error('no')), 1],
    ['a promise that hangs', async () => await new Promise(() => undefined), undefined],
  ])('records a request where skip() gives %s', async (_name, skip, failed) => {
    vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const registry = new Registry();
    server = await startServer(instrumentListener(ok, { registry, skip: skip as never }));
    expect(await server.send({ path: '/' })).toMatchObject({ status: 200, body: 'ok' });
    await requestsSettle(registry);
    expect(await recordedRequests(registry)).toEqual(['GET unmatched 200']);
    expect(await failures(registry)).toBe(failed);
  });

  test('takes methods, headers and URLs as they come', async () => {
    const registry = new Registry();
    server = await startServer(instrumentListener(ok, { registry }));
    const socket = connect(server.port, '127.0.0.1').resume();
    const header = `X-Quote: "\\\u00ff\t"\r\nX-Long: ${'x'.repeat(10_000)}\r\n`;
    for (const method of ['GET', 'PROPFIND', 'M-SEARCH', 'MKCOL']) {
      socket.write(
        Buffer.from(`${method} /"\\{}$?${'y'.repeat(3_000)} HTTP/1.1\r\nHost: x\r\n${header}\r\n`, 'latin1'),
      );
    }
    socket.write('GET * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    await once(socket, 'close');
    await requestsSettle(registry);
    expect(await recordedRequests(registry)).toEqual([
      'GET unmatched 200',
      'GET unmatched 200',
      'other unmatched 200',
      'other unmatched 200',
      'other unmatched 200',
    ]);
  });
});
