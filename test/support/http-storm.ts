/** Random storms of connections: requests one behind the other, some broken off, some nonsense. */
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { connect } from 'node:net';
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as fc from 'fast-check';

export const pieces = {
  ok: 'GET /ok HTTP/1.1\r\nHost: x\r\n\r\n',
  head: 'HEAD /ok HTTP/1.1\r\nHost: x\r\n\r\n',
  later: 'GET /later HTTP/1.1\r\nHost: x\r\n\r\n',
  hang: 'GET /hang HTTP/1.1\r\nHost: x\r\n\r\n',
  trickle: 'GET /trickle HTTP/1.1\r\nHost: x\r\n\r\n',
  destroy: 'GET /destroy HTTP/1.1\r\nHost: x\r\n\r\n',
  none: 'GET /none HTTP/1.0\r\n\r\n',
  upload: 'POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc',
  halfUpload: 'POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 300\r\n\r\nabc',
  badChunk: 'POST /upload HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n',
  nonsense: 'NONSENSE\r\n\r\n',
  halfHeader: 'GET /ok HTTP/1.1\r\nHost:',
} as const;

export interface Connection {
  readonly pieces: readonly (keyof typeof pieces)[];
  /** How the client goes, after so many milliseconds. */
  readonly end: 'half-close' | 'destroy' | 'reset';
  readonly afterMillis: number;
}

export const aStorm: fc.Arbitrary<readonly Connection[]> = fc.array(
  fc.record({
    pieces: fc.array(fc.constantFrom(...(Object.keys(pieces) as (keyof typeof pieces)[])), {
      minLength: 1,
      maxLength: 6,
    }),
    end: fc.constantFrom('half-close', 'destroy', 'reset'),
    afterMillis: fc.integer({ min: 0, max: 8 }),
  }),
  { minLength: 1, maxLength: 12 },
);

export async function rage(port: number, storm: readonly Connection[]): Promise<void> {
  await Promise.all(storm.map((connection) => send(port, connection)));
}

async function send(port: number, connection: Connection): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined).resume();
  const isClosed = new Promise((resolve) => socket.once('close', resolve));
  await once(socket, 'connect');
  socket.write(connection.pieces.map((piece) => pieces[piece]).join(''));
  await delay(connection.afterMillis);
  if (connection.end === 'half-close') socket.end();
  else if (connection.end === 'reset') socket.resetAndDestroy();
  else socket.destroy();
  await isClosed;
}

/** Answers as the paths above say. */
export function weather(request: IncomingMessage, response: ServerResponse): void {
  if (request.url === '/hang') return;
  if (request.url === '/trickle') response.write('x');
  else if (request.url === '/destroy') request.socket.destroy();
  else if (request.url === '/later') setTimeout(() => response.end('x'), 3);
  else if (request.url === '/upload')
    request
      .on('error', () => undefined)
      .resume()
      .on('end', () => response.end());
  else response.end('x');
}
