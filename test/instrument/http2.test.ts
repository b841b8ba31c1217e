import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ClientHttp2Session, connect, constants, createServer, type Http2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { Registry } from 'prom-client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { instrumentListener } from '../../src/http.ts';
import { scrape } from '../support/exposition.ts';
import { recordedRequests, requestsSettle } from '../support/express-exposition.ts';

const listener = (request: IncomingMessage, response: ServerResponse): void => {
  if (request.url === '/hang') return;
  if (request.url === '/created') response.statusCode = 201;
  if (request.url === '/head') response.writeHead(202, { 'content-length': '5' });
  if (request.url === '/trickle') response.write('x');
  else response.end('12345');
  response.statusCode = 500;
};

describe('instrumentListener() with HTTP/2', () => {
  let registry: Registry;
  let server: Http2Server;
  let client: ClientHttp2Session;

  beforeEach(async () => {
    registry = new Registry();
    const instrumented = instrumentListener(listener, { registry, route: ({ url }) => url });
    server = createServer(instrumented as never).listen(0, '127.0.0.1');
    await once(server, 'listening');
    client = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    client.on('error', () => undefined);
  });
  afterEach(() => {
    client.destroy();
    server.close();
  });

  const send = async (path: string, method = 'GET'): Promise<void> => {
    const stream = client.request({ ':path': path, ':method': method });
    stream.resume().end();
    await once(stream, 'close');
  };

  test('records route, method and the status that was sent', async () => {
    await Promise.all([
      send('/created'),
      send('/head'),
      send('/ok'),
      send('/ok', 'PUT'),
      send('/ok', 'constructor'),
      send('/ok', 'x'),
    ]);
    await requestsSettle(registry);
    const recorded = await recordedRequests(registry);
    expect(recorded.toSorted()).toEqual([
      'GET /created 201',
      'GET /head 202',
      'GET /ok 200',
      'PUT /ok 200',
      'other /ok 200',
      'other /ok 200',
    ]);
    const aborts = (await scrape(registry)).series('http_requests_aborted_total');
    expect(Object.values(aborts).every((count) => count === 0)).toBe(true);
  });

  test('counts a stream that is cancelled before or after its headers, and a session that breaks', async () => {
    const hanging = client.request({ ':path': '/hang' });
    const trickling = client.request({ ':path': '/trickle' });
    await once(trickling, 'response');
    for (const stream of [hanging, trickling]) {
      const isClosed = once(stream, 'close');
      stream.close(constants.NGHTTP2_CANCEL);
      await isClosed;
    }
    const left = client.request({ ':path': '/trickle' });
    left.on('error', () => undefined);
    await once(left, 'response');
    client.destroy();
    await requestsSettle(registry);
    expect(await recordedRequests(registry)).toEqual(['GET /hang 499', 'GET /trickle 200', 'GET /trickle 200']);
    expect((await scrape(registry)).series('http_requests_aborted_total')).toEqual({
      'GET before_headers /hang': 1,
      'GET before_headers /trickle': 0,
      'GET mid_stream /hang': 0,
      'GET mid_stream /trickle': 2,
    });
  });

  test('knows the size of a body from its header alone', async () => {
    await Promise.all([send('/head'), send('/head', 'HEAD')]);
    await requestsSettle(registry);
    const exposition = await scrape(registry);
    expect(exposition.series('http_response_size_bytes_sum')).toEqual({ 'GET /head': 5, 'HEAD /head': 0 });
    expect(
      exposition.value('telltale_label_errors_total', { metric: 'http_request_duration_seconds' }),
    ).toBeUndefined();
  });
});
