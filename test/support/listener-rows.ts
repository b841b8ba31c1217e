/** Requests to a server of plain node:http, sent as bytes, and what must be recorded of them. */
import type { IncomingMessage, ServerResponse } from 'node:http';

export interface ListenerRow {
  readonly name: string;
  /** What the client writes, one after the other, each once the answer to the one before has come. */
  readonly send: readonly string[];
  /** Ends what the client waits for; without it the server is to close the connection. */
  readonly until?: RegExp;
  readonly expected: Expected;
}

export interface Expected {
  /** By method, route and status. */
  readonly requests: Readonly<Record<string, number>>;
  /** Bytes of the bodies on the wire, by method and route. */
  readonly sent: Readonly<Record<string, number>>;
  readonly received: Readonly<Record<string, number>>;
  /** Those that are not 0. */
  readonly aborted?: Readonly<Record<string, number>>;
}

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

const thousand = 'x'.repeat(1_000);
const chunk = '1f4\r\n'.length + 500 + '\r\n'.length;
const lastChunk = '0\r\n\r\n'.length;

/** By path; the path is the template too. */
export const listeners: Readonly<Record<string, Listener>> = {
  '/fixed': (request, response) => void request.resume().on('end', () => response.end(thousand)),
  '/declared': (_request, response) => void response.setHeader('content-length', '1000').end(thousand),
  '/chunked': (_request, response) => {
    response.write(thousand.slice(500));
    response.end(thousand.slice(500));
  },
  '/flushed': (_request, response) => {
    response.flushHeaders();
    setImmediate(() => response.end(thousand));
  },
  '/raw-headers': (_request, response) => {
    response.writeHead(201, 'Made', ['content-length', '2', 'x-a', 'b']).end('ok');
  },
  '/same': (_request, response) => void response.writeHead(304).end(),
  '/empty': (_request, response) => void response.writeHead(204).end(),
  '/late-status': (_request, response) => {
    response.statusCode = 202;
    response.end('ok');
    response.statusCode = 500;
  },
  '/trailers': (_request, response) => {
    response.writeHead(200, { Trailer: 'x-sum' });
    response.write(thousand.slice(500));
    response.addTrailers({ 'x-sum': '7' });
    response.end();
  },
  '/hang': () => undefined,
  '/trickle': (_request, response) => void response.write('x'),
  '/destroys': (_request, response) => void response.destroy(),
  '/breaks': (_request, response) => {
    response.writeHead(200, { 'content-length': '10' });
    response.write('12345', () => response.destroy());
  },
  '/until-close': (_request, response) => {
    response.removeHeader('transfer-encoding');
    response.shouldKeepAlive = false;
    response.useChunkedEncodingByDefault = false;
    response.write('12345');
    response.end('67890');
  },
};

const get = (path: string, ...headers: readonly string[]): string =>
  [`GET ${path} HTTP/1.1`, 'Host: x', ...headers, '', ''].join('\r\n');
const close = 'Connection: close';
const upload = (...headers: readonly string[]): string =>
  ['POST /fixed HTTP/1.1', 'Host: x', close, ...headers, '', ''].join('\r\n');

const one = (request: string, status: number, sent: number, received = 0): Expected => ({
  requests: { [`${request} ${status}`]: 1 },
  sent: { [request]: sent },
  received: { [request]: received },
});

export const listenerRows: readonly ListenerRow[] = [
  { name: 'a body of known length', send: [get('/fixed', close)], expected: one('GET /fixed', 200, 1_000) },
  {
    name: 'a body in chunks',
    send: [get('/chunked', close)],
    expected: one('GET /chunked', 200, 2 * chunk + lastChunk),
  },
  {
    name: 'headers sent ahead',
    send: [get('/flushed', close)],
    expected: one('GET /flushed', 200, '3e8\r\n'.length + 1_000 + '\r\n'.length + lastChunk),
  },
  { name: 'headers as a list', send: [get('/raw-headers', close)], expected: one('GET /raw-headers', 201, 2) },
  { name: '304', send: [get('/same', close)], expected: one('GET /same', 304, 0) },
  { name: '204', send: [get('/empty', close)], expected: one('GET /empty', 204, 0) },
  {
    name: 'HEAD',
    send: [get('/fixed', close).replace('GET', 'HEAD')],
    expected: one('HEAD /fixed', 200, 0),
  },
  {
    name: 'a status that is set too late',
    send: [get('/late-status', close)],
    expected: one('GET /late-status', 202, 2),
  },
  {
    name: 'trailers',
    send: [get('/trailers', close)],
    expected: one('GET /trailers', 200, chunk + '0\r\nx-sum: 7\r\n\r\n'.length),
  },
  { name: 'HTTP/1.0', send: ['GET /fixed HTTP/1.0\r\n\r\n'], expected: one('GET /fixed', 200, 1_000) },
  {
    name: 'a body that ends with its connection',
    send: [get('/until-close', close)],
    expected: one('GET /until-close', 200, 10),
  },
  {
    name: 'an upload of known length',
    send: [`${upload('Content-Length: 1000')}${thousand}`],
    expected: one('POST /fixed', 200, 1_000, 1_000),
  },
  {
    name: 'an upload in chunks',
    send: [`${upload('Transfer-Encoding: chunked')}3e8\r\n${thousand}\r\n0\r\n\r\n`],
    expected: one('POST /fixed', 200, 1_000, '3e8\r\n'.length + 1_000 + '\r\n'.length + lastChunk),
  },
  {
    name: 'an upload that asks first (expect: 100-continue)',
    send: [upload('Content-Length: 1000', 'Expect: 100-continue'), thousand],
    until: /^HTTP\/1.1 100 Continue\r\n\r\n$/,
    expected: one('POST /fixed', 200, 1_000, 1_000),
  },
  {
    name: 'several requests on a connection that is kept alive',
    send: [get('/fixed'), get('/nope'), get('/same'), get('/fixed', close)],
    until: /x{1000}$|no$|^HTTP\/1.1 304 [^]*\r\n\r\n$/,
    expected: {
      requests: { 'GET /fixed 200': 2, 'GET /same 304': 1, 'GET unmatched 404': 1 },
      sent: { 'GET /fixed': 2_000, 'GET /same': 0, 'GET unmatched': 2 },
      received: { 'GET /fixed': 0, 'GET /same': 0, 'GET unmatched': 0 },
    },
  },
  {
    name: 'pipelined requests',
    send: [`${get('/declared')}${get('/declared').replace('GET', 'HEAD')}${get('/same')}${get('/nope', close)}`],
    expected: {
      requests: { 'GET /declared 200': 1, 'HEAD /declared 200': 1, 'GET /same 304': 1, 'GET unmatched 404': 1 },
      sent: { 'GET /declared': 1_000, 'HEAD /declared': 0, 'GET /same': 0, 'GET unmatched': 2 },
      received: { 'GET /declared': 0, 'HEAD /declared': 0, 'GET /same': 0, 'GET unmatched': 0 },
    },
  },
  {
    name: 'a response that the application destroys before its headers',
    send: [get('/destroys')],
    expected: {
      requests: { 'GET /destroys 499': 1 },
      sent: { 'GET /destroys': 0 },
      received: { 'GET /destroys': 0 },
      aborted: { 'GET before_headers /destroys': 1 },
    },
  },
  {
    name: 'a response that the application destroys in its body',
    send: [get('/breaks')],
    expected: {
      requests: { 'GET /breaks 200': 1 },
      sent: { 'GET /breaks': 5 },
      received: { 'GET /breaks': 0 },
      aborted: { 'GET mid_stream /breaks': 1 },
    },
  },
];

/** Answers by path, whatever the query; anything else with 404. */
export function answerByPath(request: IncomingMessage, response: ServerResponse): void {
  const listener = listeners[request.url ?? ''];
  if (listener === undefined) notFound(response);
  else listener(request, response);
}

function notFound(response: ServerResponse): void {
  response.statusCode = 404;
  response.setHeader('content-length', '2');
  response.end('no');
}

export function routeByPath({ url = '' }: IncomingMessage): string | undefined {
  return url in listeners ? url : undefined;
}
