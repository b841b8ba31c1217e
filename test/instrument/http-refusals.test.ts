import { once } from 'node:events';
import { createServer, type ServerOptions, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { Registry } from 'prom-client';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { instrumentListener } from '../../src/http.ts';
import { scrape } from '../support/exposition.ts';
import { recordedRequests, requestsSettle } from '../support/express-exposition.ts';
import { weather } from '../support/http-storm.ts';

const upload = 'POST /upload HTTP/1.1\r\nHost: x\r\n';
const none = { dropped: 0, header_overflow: 0, parse_error: 0, timeout: 0 };

describe('instrumentListener() counts as refused or as a request, never as both:', () => {
  let registry: Registry;
  let server: Server;
  let socket: Socket;

  const listen = async (options: ServerOptions): Promise<void> => {
    const listener = instrumentListener(weather, { registry, route: () => '/upload' });
    server = createServer(options, listener).listen(0, '127.0.0.1');
    await once(server, 'listening');
    socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.on('error', () => undefined);
    // The server is known from its first request on.
    socket.write('GET /ok HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(socket, 'data');
  };
  const counted = async (): Promise<{ readonly requests: readonly string[]; readonly refused: object }> => {
    await requestsSettle(registry);
    const exposition = await scrape(registry);
    return { requests: await recordedRequests(registry), refused: exposition.series('http_server_rejected_total') };
  };

  beforeEach(() => {
    registry = new Registry();
  });
  afterEach(() => {
    socket.destroy();
    server.closeAllConnections();
    server.close();
  });

  test.each([
    ['an upload whose client goes away', `${upload}Content-Length: 300\r\n\r\nabc`],
    ['an upload with a chunk that cannot be read', `${upload}Transfer-Encoding: chunked\r\n\r\nnonsense\r\n`],
    [
      'an upload with extensions of chunks without end',
      `${upload}Transfer-Encoding: chunked\r\n\r\n3;${'x'.repeat(20_000)}`,
    ],
  ])('%s', async (_name, bytes) => {
    await listen({});
    socket.end(bytes);
    await vi.waitFor(async () => expect((await counted()).requests).toEqual(['GET /upload 200', 'POST /upload 499']));
    expect(await counted()).toEqual({ requests: ['GET /upload 200', 'POST /upload 499'], refused: none });
  });

  test.each([
    ['headers that do not end', 'GET /ok HTTP/1.1\r\nHost:', ['GET /upload 200'], { ...none, timeout: 1 }],
    ['an upload that stalls', `${upload}Content-Length: 300\r\n\r\nabc`, ['GET /upload 200', 'POST /upload 499'], none],
  ])('%s until the server loses patience', async (_name, bytes, requests, refused) => {
    await listen({ headersTimeout: 30, requestTimeout: 30, connectionsCheckingInterval: 10 });
    const isClosed = once(socket, 'close');
    socket.write(bytes);
    socket.resume();
    await isClosed;
    expect(await counted()).toEqual({ requests, refused });
  });

  test('nonsense behind a request under way', async () => {
    await listen({});
    socket.write('GET /hang HTTP/1.1\r\nHost: x\r\n\r\nNONSENSE\r\n\r\n');
    await once(socket, 'close');
    expect(await counted()).toEqual({
      requests: ['GET /upload 200', 'GET /upload 499'],
      refused: { ...none, parse_error: 1 },
    });
  });
});
