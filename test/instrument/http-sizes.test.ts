import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { Registry } from 'prom-client';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { instrumentListener } from '../../src/http.ts';
import { scrape } from '../support/exposition.ts';

const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;
const upload = (path: string): string =>
  `POST ${path} HTTP/1.1\r\nHost: \u00fc\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n`;
/** `5\r\n12345\r\n0\r\n\r\n` */
const chunked = 15;
/** `3\r\nabc\r\n0\r\n\r\n` */
const uploaded = 13;

/** Declared by the application: what the client makes of it is another matter. */
const declaring =
  (length: string) =>
  (_request: unknown, response: ServerResponse): void => {
    response.setHeader('content-length', length).end('12345');
  };
const answers: Readonly<Record<string, RequestListener>> = {
  '/chunked': (_request, response) => {
    response.write('12345');
    response.end();
  },
  '/interim': (_request, response) => {
    response.writeProcessing();
    response.write('12345');
    response.end();
  },
  '/later': (_request, response) => {
    setTimeout(() => {
      response.write('12345');
      response.end();
    }, 5);
  },
  '/upload': (request, response) => {
    request.resume().on('end', () => response.end('x'));
  },
  '/text': declaring('unknown'),
  '/less': declaring('-5'),
  '/hang': (_request, response) => {
    response.setHeader('content-length', 1_000);
  },
};
const answer = (request: IncomingMessage, response: ServerResponse): void =>
  answers[request.url ?? '']?.(request, response);

describe('instrumentListener() measures', () => {
  let registry: Registry;
  let server: Server;
  let recorded: RequestListener;

  beforeEach(async () => {
    registry = new Registry();
    recorded = instrumentListener(answer, { registry, route: ({ url }) => url });
    server = createServer(recorded).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const open = (): Socket => connect((server.address() as AddressInfo).port, '127.0.0.1').resume();
  /** Sums of both sizes, once so many requests are recorded. */
  const sizes = async (count: number): Promise<{ readonly sent: object; readonly received: object }> => {
    const recordedCount = async (): Promise<number> => {
      const counts = (await scrape(registry)).series('http_request_duration_seconds_count');
      return Object.values(counts).reduce((sum, each) => sum + each, 0);
    };
    await vi.waitFor(async () => expect(await recordedCount()).toBe(count));
    const { series } = await scrape(registry);
    return { sent: series('http_response_size_bytes_sum'), received: series('http_request_size_bytes_sum') };
  };

  test('each chunked body of a connection by itself, whatever came before it', async () => {
    const socket = open();
    const pieces = [get('/chunked'), get('/interim'), upload('/upload'), get('/chunked'), upload('/upload')];
    for (const [index, piece] of pieces.entries()) {
      socket.write(Buffer.from(piece, 'latin1'));
      await sizes(index + 1);
    }
    expect(await sizes(5)).toEqual({
      sent: { 'GET /chunked': 2 * chunked, 'GET /interim': chunked, 'POST /upload': 2 },
      // Headers come as Latin-1 and are counted as UTF-8: one byte less for each.
      received: { 'GET /chunked': 0, 'GET /interim': 0, 'POST /upload': 2 * (uploaded - 1) },
    });
    socket.destroy();
  });

  test('no chunked bodies where requests are pipelined, as the connection mixes them', async () => {
    const socket = open();
    socket.write(Buffer.from(get('/later') + get('/chunked') + upload('/upload'), 'latin1'));
    expect(await sizes(3)).toEqual({
      sent: { 'GET /later': 0, 'GET /chunked': 0, 'POST /upload': 1 },
      received: { 'GET /later': 0, 'GET /chunked': 0, 'POST /upload': 0 },
    });
    socket.destroy();
  });

  test.each([
    ['alone', []],
    ['behind another request', ['/later']],
  ])('what was sent of a body whose declared length is none, %s', async (_where, before) => {
    const sockets = ['/text', '/less'].map((path) => {
      const socket = open();
      socket.write([...before, path].map(get).join(''));
      return socket;
    });
    const { sent } = await sizes(2 * (before.length + 1));
    expect(sent).toMatchObject({ 'GET /text': 5, 'GET /less': 5 });
    for (const socket of sockets) socket.destroy();
  });

  test('nothing of a response whose headers were never sent, whatever they declare', async () => {
    const socket = open();
    socket.write(get('/hang'));
    await vi.waitFor(async () => expect((await scrape(registry)).value('http_requests_in_flight')).toBe(1));
    socket.destroy();
    expect(await sizes(1)).toEqual({ sent: { 'GET /hang': 0 }, received: { 'GET /hang': 0 } });
  });

  test.each([
    ['chunked response', (response: ServerResponse) => response.write('12345')],
    ['204', (response: ServerResponse) => response.writeHead(204, { 'content-length': '5' }).flushHeaders()],
    ['304', (response: ServerResponse) => response.setHeader('content-length', 5).writeHead(304).flushHeaders()],
  ])('nothing of a %s that was answered before', async (_what, answerBefore) => {
    server.prependListener('request', (_request, response: ServerResponse) => {
      answerBefore(response);
    });
    const socket = open();
    socket.write(get('/none'));
    await once(socket, 'data');
    socket.destroy();
    expect(await sizes(1)).toEqual({ sent: { 'GET /none': 0 }, received: { 'GET /none': 0 } });
  });

  test('no chunked bodies of streams that are no sockets', async () => {
    const stream = new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() });
    server.emit('connection', stream);
    stream.push(Buffer.from(upload('/chunked'), 'latin1'));
    expect(await sizes(1)).toEqual({ sent: { 'POST /chunked': 0 }, received: { 'POST /chunked': 0 } });
    stream.destroy();
  });
});
