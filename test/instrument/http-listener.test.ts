import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createSecureServer } from 'node:http2';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { Registry } from 'prom-client';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { instrumentListener } from '../../src/http.ts';
import { type Certificate, selfSigned } from '../support/certificate.ts';
import { scrape } from '../support/exposition.ts';
import { recordedRequests, requestsSettle } from '../support/express-exposition.ts';
import { send } from '../support/express-server.ts';
import { answerByPath, type Expected, listenerRows, routeByPath } from '../support/listener-rows.ts';
import { overHttp1, overHttp2 } from '../support/tls-clients.ts';

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

let certificate: Certificate;
let registry: Registry;
let server: Server | undefined;

beforeAll(async () => {
  certificate = await selfSigned();
});
beforeEach(() => {
  registry = new Registry();
});
afterEach(() => {
  server?.close();
  server = undefined;
});

async function listen(made: Server): Promise<number> {
  server = made.listen(0, '127.0.0.1');
  await once(made, 'listening');
  return (made.address() as AddressInfo).port;
}

async function recorded(): Promise<Expected> {
  await requestsSettle(registry);
  const { series } = await scrape(registry);
  const aborted = Object.entries(series('http_requests_aborted_total')).filter(([, count]) => count > 0);
  return {
    requests: series('http_request_duration_seconds_count'),
    sent: series('http_response_size_bytes_sum'),
    received: series('http_request_size_bytes_sum'),
    ...(aborted.length > 0 && { aborted: Object.fromEntries(aborted) }),
  };
}

/** Writes each piece once the one before is answered, and waits until the server closes the connection. */
async function exchange(socket: Socket, pieces: readonly string[], until: RegExp | undefined): Promise<void> {
  const left = [...pieces];
  let answer = '';
  const next = (): void => {
    answer = '';
    const piece = left.shift();
    if (piece !== undefined) socket.write(piece);
  };
  socket.on('error', () => undefined);
  socket.on('data', (data: Buffer) => {
    answer += data.toString('latin1');
    if (until?.test(answer) === true) next();
  });
  next();
  await once(socket, 'close');
}

const serve = (listener: Listener): Promise<number> => listen(createServer(listener));

const fails = (): never => {
  throw new Error('boom');
};

const answerLater = async ({ url }: IncomingMessage, response: ServerResponse): Promise<void> => {
  await Promise.resolve();
  if (url === '/fails') throw new Error('boom');
  response.end('ok');
};

const openStream: Listener = (_request, response) => {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('data: 1\n\n');
};

const askFirst = (path: string): string =>
  `POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n`;

describe('instrumentListener() records', () => {
  test.each(listenerRows)('$name', async ({ send: pieces, until, expected }) => {
    const port = await listen(createServer(instrumentListener(answerByPath, { registry, route: routeByPath })));
    await exchange(connect(port, '127.0.0.1'), pieces, until);
    expect(await recorded()).toEqual(expected);
  });
});

describe('instrumentListener() over TLS records', () => {
  test.each(listenerRows)('$name', async ({ send: pieces, until, expected }) => {
    const port = await listen(
      createTlsServer(certificate, instrumentListener(answerByPath, { registry, route: routeByPath })),
    );
    await exchange(connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false }), pieces, until);
    expect(await recorded()).toEqual(expected);
  });

  test('requests of HTTP/1 and HTTP/2 on one server', async () => {
    const listener = instrumentListener(answerByPath, { registry, route: routeByPath });
    const port = await listen(createSecureServer({ ...certificate, allowHTTP1: true }, listener as never));
    for (const client of [overHttp1, overHttp2]) {
      expect(await client(port, { path: '/fixed' })).toBe(200);
      expect(await client(port, { path: '/same' })).toBe(304);
      expect(await client(port, { path: '/nope' })).toBe(404);
      expect(await client(port, { method: 'HEAD', path: '/fixed' })).toBe(200);
      await client(port, { path: '/hang', abort: 'before_headers' });
      await client(port, { path: '/trickle', abort: 'mid_stream' });
    }
    const { requests, aborted } = await recorded();
    expect({ requests, aborted }).toEqual({
      requests: {
        'GET /fixed 200': 2,
        'GET /same 304': 2,
        'GET unmatched 404': 2,
        'HEAD /fixed 200': 2,
        'GET /hang 499': 2,
        'GET /trickle 200': 2,
      },
      aborted: { 'GET before_headers /hang': 2, 'GET mid_stream /trickle': 2 },
    });
  });
});

describe('instrumentListener()', () => {
  test('throws what the listener throws, and records the answer that is given then', async () => {
    const instrumented = instrumentListener(fails, { registry });
    const port = await serve((request, response) => {
      try {
        instrumented(request, response);
      } catch (error) {
        response.writeHead(500).end(String(error));
      }
    });
    expect(await send(port, { path: '/' })).toMatchObject({ status: 500, body: 'Error: boom' });
    await requestsSettle(registry);
    expect(await recordedRequests(registry)).toEqual(['GET unmatched 500']);
  });

  test('gives the promise that the listener gives, and records what comes of it', async () => {
    // oxlint-disable-next-line typescript/no-misused-promises -- a listener that gives a promise is what this is about
    const instrumented = instrumentListener(answerLater, { registry });
    const port = await serve((request, response) => {
      const answered: unknown = instrumented(request, response);
      Promise.resolve(answered).catch((error: unknown) => response.writeHead(500).end(String(error)));
    });
    expect(await send(port, { path: '/' })).toMatchObject({ status: 200, body: 'ok' });
    expect(await send(port, { path: '/fails' })).toMatchObject({ status: 500, body: 'Error: boom' });
    await requestsSettle(registry);
    expect(await recordedRequests(registry)).toEqual(['GET unmatched 200', 'GET unmatched 500']);
  });

  test('asks for the route once, when the headers are sent or the client is gone', async () => {
    const calls: string[] = [];
    const route = ({ url = '' }: IncomingMessage, { headersSent, statusCode }: ServerResponse): string => {
      calls.push(`${url} ${String(headersSent)} ${statusCode}`);
      return '/named';
    };
    const answer: Listener = (request, response) => {
      calls.push(`${request.url} arrived`);
      if (request.url === '/gone') return;
      response.statusCode = 201;
      response.write('x');
      response.statusCode = 500;
      response.end();
    };
    const port = await serve(instrumentListener(answer, { registry, route }));
    await send(port, { path: '/answered' });
    await send(port, { path: '/gone', abort: 'before_headers' });
    await requestsSettle(registry);
    expect(await recordedRequests(registry)).toEqual(['GET /named 201', 'GET /named 499']);
    expect(calls).toEqual(['/answered arrived', '/answered true 201', '/gone arrived', '/gone false 200']);
  });

  test('records what a server is asked with expect: 100-continue when it answers that itself', async () => {
    const listener = instrumentListener(answerByPath, { registry, route: routeByPath });
    const made = createServer(listener).on('checkContinue', (request, response) => {
      if (request.url === '/nope') return listener(request, response);
      response.writeContinue();
      listener(request, response);
    });
    const port = await listen(made);
    await exchange(connect(port, '127.0.0.1'), [askFirst('/fixed'), 'abc'], /100 Continue/);
    await exchange(connect(port, '127.0.0.1'), [askFirst('/nope')], undefined);
    expect(await recorded()).toEqual({
      requests: { 'POST /fixed 200': 1, 'POST unmatched 404': 1 },
      sent: { 'POST /fixed': 1_000, 'POST unmatched': 2 },
      received: { 'POST /fixed': 3, 'POST unmatched': 3 },
    });
  });

  test('gauges streams and upgraded connections while they are open', async () => {
    const made = createServer(instrumentListener(openStream, { registry, route: () => '/events' }));
    made.on('upgrade', (_request, socket) => socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n'));
    const port = await listen(made);
    const events = connect(port, '127.0.0.1');
    events.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(events, 'data');
    const upgraded = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    upgraded.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    await once(upgraded, 'data');
    const open = await scrape(registry);
    expect(open.series('http_streams_active')).toEqual({ 'sse /events': 1, 'upgrade unmatched': 1 });
    expect(open.value('http_requests_in_flight')).toBe(0);
    for (const socket of [events, upgraded]) socket.destroy();
    const none = { 'sse /events': 0, 'upgrade unmatched': 0 };
    await vi.waitFor(async () => expect((await scrape(registry)).series('http_streams_active')).toEqual(none));
    expect(await recordedRequests(registry)).toEqual([]);
  });
});
