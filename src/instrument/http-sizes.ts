/** Sizes of bodies as they went over the wire, read off the socket: nothing is wrapped and no body is touched. */
import type { IncomingMessage, OutgoingHttpHeader, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Set on a socket once a request arrived before the last response was over: its byte counts then mix responses. */
const pipelined = Symbol('telltale.pipelined');
/** Bytes that the socket had received when the last request on it was over. */
const receivedBefore = Symbol('telltale.received-before');

interface MeasuredSocket extends Socket {
  [pipelined]?: true;
  [receivedBefore]?: number;
}

export function markPipelined(socket: Socket): void {
  (socket as MeasuredSocket)[pipelined] = true;
}

/** What an exchange keeps of a request for this. */
export interface Measured {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly socket: Socket;
  /** Bytes that the socket had sent when the request came in. */
  readonly sentBefore: number;
}

/**
 * Bytes of the response body: what the socket has sent since the request came in, less the header block. Where the socket
 * cannot tell (HTTP/2, pipelining) what the headers say; undefined where they say nothing,
 * or nothing was sent.
 */
export function responseBytes({ request, response, socket, sentBefore }: Measured): number | undefined {
  const { _header: header } = response as { readonly _header?: unknown };
  if (typeof header !== 'string') return response.headersSent ? declaredBytes(request, response) : undefined;
  if ((socket as MeasuredSocket)[pipelined] === undefined) {
    const bytes = socket.bytesWritten - sentBefore - header.length;
    if (bytes >= 0) return bytes;
  }
  return declaredBytes(request, response);
}

/**
 * Bytes of the request body: as declared, or for chunked bodies what the socket has received since the last request, less
 * the header block.
 */
export function requestBytes({ request, socket }: Measured): number {
  const measured: MeasuredSocket = socket;
  const { headers } = request;
  const received = socket.bytesRead;
  const before = measured[receivedBefore] ?? 0;
  measured[receivedBefore] = received;
  if (headers['transfer-encoding'] === undefined) return declaredLength(headers['content-length']) ?? 0;
  return measured[pipelined] === undefined ? Math.max(0, received - before - headerBytes(request)) : 0;
}

function declaredBytes({ method }: IncomingMessage, response: ServerResponse): number | undefined {
  const { statusCode } = response;
  if (method === 'HEAD' || statusCode === 204 || statusCode === 304) return 0;
  return declaredLength(response.getHeader('content-length'));
}

function declaredLength(header: OutgoingHttpHeader | undefined): number | undefined {
  const length = Number(header);
  return header !== undefined && Number.isInteger(length) && length >= 0 ? length : undefined;
}

/** `GET / HTTP/1.1`, a line for each header, and the empty line. */
function headerBytes({ method = '', url = '', rawHeaders }: IncomingMessage): number {
  const lines = rawHeaders.reduce((bytes, part) => bytes + Buffer.byteLength(part) + 2, 0);
  return method.length + Buffer.byteLength(url) + ' '.length * 2 + 'HTTP/1.1\r\n'.length + lines + '\r\n'.length;
}
