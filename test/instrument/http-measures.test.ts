import { once } from 'node:events';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Registry } from 'prom-client';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { httpMetrics } from '../../src/instrument/http/http-metrics.ts';
import { scrape } from '../support/exposition.ts';
import { requestsSettle } from '../support/express-exposition.ts';
import { expressLines } from '../support/express-lines.ts';
import { ok } from '../support/express-rows.ts';
import { type RunningServer, startServer } from '../support/express-server.ts';

const thousand = 'x'.repeat(1_000);
const compressed = gzipSync(thousand);
/** Reads a request to its end, then answers it. */
const afterBody =
  (answer: (response: ServerResponse) => void) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    request.resume().on('end', () => answer(response));
  };
const openStream = (_request: unknown, response: ServerResponse): void => {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  response.write('data: 1\n\n');
};

describe.each(expressLines)('httpMetrics() with $name measures', (line) => {
  const registry = new Registry();
  let server: RunningServer;

  beforeEach(async () => {
    registry.clear();
    const app = line.express();
    // Without any header set before, those given to writeHead() are kept nowhere.
    app.disable('x-powered-by');
    app.use(httpMetrics({ registry }));
    app.all(
      '/fixed',
      afterBody((response) => response.end(thousand)),
    );
    app.all(
      '/chunked',
      afterBody((response) => {
        response.write(thousand.slice(500));
        response.end(thousand.slice(500));
      }),
    );
    app.all(
      '/gzip',
      afterBody((response) => response.setHeader('content-encoding', 'gzip').end(compressed)),
    );
    app.get('/interim', (_request, response) => {
      response.writeProcessing();
      response.writeEarlyHints({ link: '</a.css>; rel=preload' });
      response.setHeader('x-name', '\u00e9').end('12345');
    });
    app.get('/write-head', (_request, response) => {
      response.writeHead(200, { 'content-length': 5 }).end('12345');
    });
    app.get('/broken', (_request, response) => {
      response.setHeader('content-length', 1_000).write('1234567');
    });
    app.all(
      '/304',
      afterBody((response) => {
        response.statusCode = 304;
        response.end();
      }),
    );
    app.get('/stream/:id', openStream).get('/a', ok);
    server = await startServer(app);
  });
  afterEach(() => server.close());

  const sums = async (name: string): Promise<Record<string, number>> => {
    await requestsSettle(registry);
    return (await scrape(registry)).series(`${name}_sum`);
  };

  test('response bodies as sent: chunk framing counts, headers do not', async () => {
    await server.send({ path: '/fixed' });
    await server.send({ path: '/chunked' });
    await server.send({ path: '/gzip' });
    await server.send({ method: 'HEAD', path: '/fixed' });
    await server.send({ path: '/304' });
    const chunk = '1f4\r\n'.length + 500 + '\r\n'.length;
    expect(await sums('http_response_size_bytes')).toEqual({
      'GET /fixed': 1_000,
      'GET /chunked': 2 * chunk + '0\r\n\r\n'.length,
      'GET /gzip': compressed.length,
      'HEAD /fixed': 0,
      'GET /304': 0,
    });
  });

  test('bodies alone where interim responses go before, headers are not ASCII, or requests are pipelined', async () => {
    await server.send({ path: '/interim' });
    const socket = connect(server.port, '127.0.0.1');
    socket.write('GET /write-head HTTP/1.1\r\nHost: x\r\n\r\nGET /fixed HTTP/1.1\r\nHost: x\r\n\r\n');
    await vi.waitFor(async () =>
      expect((await scrape(registry)).series('http_response_size_bytes_sum')).toEqual({
        'GET /interim': 5,
        'GET /write-head': 5,
        'GET /fixed': 1_000,
      }),
    );
    socket.destroy();
  });

  test('what was sent of a body that broke off, whatever was declared', async () => {
    const socket = connect(server.port, '127.0.0.1');
    socket.write('GET /broken HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(socket, 'data');
    socket.destroy();
    expect(await sums('http_response_size_bytes')).toEqual({ 'GET /broken': 7 });
  });

  test('each response of a connection that is kept alive', async () => {
    const socket = connect(server.port, '127.0.0.1');
    for (const count of [1, 2, 3]) {
      socket.write('GET /fixed HTTP/1.1\r\nHost: x\r\n\r\n');
      await vi.waitFor(async () =>
        expect((await scrape(registry)).series('http_response_size_bytes_sum')).toEqual({
          'GET /fixed': count * 1_000,
        }),
      );
    }
    socket.destroy();
  });

  test('request bodies, declared or chunked', async () => {
    await server.send({ method: 'POST', path: '/fixed', body: thousand });
    await server.send({ method: 'PUT', path: '/304', body: thousand, headers: { 'transfer-encoding': 'chunked' } });
    await server.send({ path: '/a' });
    expect(await sums('http_request_size_bytes')).toEqual({
      'POST /fixed': 1_000,
      'PUT /304': '3e8\r\n'.length + 1_000 + '\r\n'.length + '0\r\n\r\n'.length,
      'GET /a': 0,
    });
  });

  test('streams by their number and their time to headers, not by their lifetime', async () => {
    const socket = connect(server.port, '127.0.0.1');
    socket.write('GET /stream/1 HTTP/1.1\r\nHost: x\r\n\r\n');
    await vi.waitFor(async () =>
      expect((await scrape(registry)).series('http_streams_active')).toEqual({ 'sse /stream/:id': 1 }),
    );
    const open = await scrape(registry);
    expect(open.value('http_requests_in_flight')).toBe(0);
    expect(open.series('http_time_to_headers_seconds_count')).toEqual({ 'GET /stream/:id': 1 });
    socket.destroy();
    await vi.waitFor(async () =>
      expect((await scrape(registry)).series('http_streams_active')).toEqual({ 'sse /stream/:id': 0 }),
    );
    const closed = await scrape(registry);
    expect(closed.value('http_requests_in_flight')).toBe(0);
    expect(closed.series('http_request_duration_seconds_count')).toEqual({});
    expect(closed.series('http_requests_aborted_total')).toEqual({
      'GET before_headers /stream/:id': 0,
      'GET mid_stream /stream/:id': 0,
    });
  });

  const rejections = async (): Promise<Record<string, number>> =>
    (await scrape(registry)).series('http_server_rejected_total');
  const none = { dropped: 0, header_overflow: 0, parse_error: 0, timeout: 0 };

  test.each([
    ['parse_error', 'NONSENSE\r\n\r\n', 'HTTP/1.1 400 Bad Request'],
    ['header_overflow', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`, 'HTTP/1.1 431 Request Header'],
  ] as const)('what the parser refuses: %s, answered as Node does', async (reason, bytes, statusLine) => {
    await server.send({ path: '/a' });
    expect(await rejections()).toEqual(none);
    const answer = await sendRaw(server.port, bytes);
    expect(answer.slice(0, statusLine.length)).toBe(statusLine);
    expect(await rejections()).toEqual({ ...none, [reason]: 1 });
  });

  test('what the parser refuses, leaving the answer to a listener of the application', async () => {
    await server.send({ path: '/a' });
    server.server.on('clientError', (_error, socket) => socket.end('HTTP/1.1 418 Own\r\n\r\n'));
    expect(await sendRaw(server.port, 'NONSENSE\r\n\r\n')).toBe('HTTP/1.1 418 Own\r\n\r\n');
    expect(await rejections()).toEqual({ ...none, parse_error: 1 });
  });

  test('connections that the server drops', async () => {
    await server.send({ path: '/a' });
    server.server.maxConnections = 1;
    const socket = connect(server.port, '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    await sendRaw(server.port, '');
    socket.destroy();
    expect(await rejections()).toEqual({ ...none, dropped: 1 });
  });
});

function sendRaw(port: number, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(text));
    socket.write(bytes);
  });
}
