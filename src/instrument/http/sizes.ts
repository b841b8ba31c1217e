/** Sizes of bodies as they went over the wire, read off the socket: nothing is wrapped and no body is touched. */
import type { IncomingMessage, OutgoingHttpHeader, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Set on a socket once a request arrived before the last response was over: its byte counts then mix responses. */
const pipelined = Symbol('telltale.pipelined');

interface MeasuredSocket extends Socket {
  [pipelined]?: true;
}

export function markPipelined(socket: Socket): void {
  (socket as MeasuredSocket)[pipelined] = true;
}

/** What an exchange keeps of a request for this. */
export interface Measured {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly socket: Socket;
  readonly notes: { readonly receivedBefore: number };
  /** Status that was sent; 0 when no headers were. */
  readonly status: number;
  /** The body's, where `end()` was given all of it at once. */
  readonly wholeBytes: number | undefined;
  /** Bytes that the connection had sent before the headers; of no use with `wholeBytes`. */
  readonly sentBefore: number;
}

/** What Node keeps of a response of HTTP/1, since long before the versions that are supported. */
interface SentByNode {
  readonly _header?: string | null;
  /** As declared by the application, or counted where `end()` was given all; else null. */
  readonly _contentLength?: number | null;
}

/**
 * Bytes of the response body: as declared where it was sent to its end, for chunked and broken ones what the connection has
 * sent since the headers, less these. Where it cannot tell (HTTP/2, pipelining) what the headers say; undefined where they
 * say nothing, or were not sent.
 */
export function responseBytes(
  { response, socket, status, wholeBytes, sentBefore }: Measured,
  method: string,
): number | undefined {
  if (status !== 0 && isBodiless(method, status)) return 0;
  if (status !== 0 && wholeBytes !== undefined) return wholeBytes;
  const { _header: header, _contentLength: length } = response as SentByNode;
  if (typeof header === 'string' && status !== 0) {
    const declared = response.writableFinished ? declaredLength(length ?? undefined) : undefined;
    if (declared !== undefined) return declared;
    const bytes = socket.bytesWritten - sentBefore - header.length;
    if ((socket as MeasuredSocket)[pipelined] === undefined && bytes >= 0) return bytes;
  }
  return response.headersSent ? declaredBytes(response, method) : undefined;
}

/** Node sends no body then, whatever it is given. */
function isBodiless(method: string, status: number): boolean {
  return method === 'HEAD' || status === 204 || status === 304;
}

/**
 * Bytes of the request body: as declared, or for chunked bodies what the socket has received since the last request, less
 * the header block.
 */
export function requestBytes({ request, socket, notes }: Measured): number {
  const declared = declaredBody(request.rawHeaders);
  if (declared !== chunked) return declared;
  const bytes = socket.bytesRead - notes.receivedBefore - headerBytes(request);
  // A server may be given streams that are no sockets and count nothing.
  return (socket as MeasuredSocket)[pipelined] === undefined && bytes >= 0 ? bytes : 0;
}

const chunked = -1;

/** `request.headers` would be made of them now, for a request that nobody has asked for its headers. */
function declaredBody(rawHeaders: readonly string[]): number {
  let length = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] as string;
    if (name.length === 'content-length'.length && name.toLowerCase() === 'content-length') {
      length = declaredLength(rawHeaders[index + 1]) ?? 0;
    } else if (name.length === 'transfer-encoding'.length && name.toLowerCase() === 'transfer-encoding') {
      return chunked;
    }
  }
  return length;
}

function declaredBytes(response: ServerResponse, method: string): number | undefined {
  if (isBodiless(method, response.statusCode)) return 0;
  return declaredLength(response.getHeader('content-length'));
}

/** What an application declares may be no number. */
function declaredLength(header: OutgoingHttpHeader | undefined): number | undefined {
  const length = Number(header);
  return Number.isInteger(length) && length >= 0 ? length : undefined;
}

/** `GET / HTTP/1.1`, a line for each header, and the empty line. */
function headerBytes({ method = '', url = '', rawHeaders }: IncomingMessage): number {
  const lines = rawHeaders.reduce((bytes, part) => bytes + Buffer.byteLength(part) + 2, 0);
  return method.length + Buffer.byteLength(url) + ' '.length * 2 + 'HTTP/1.1\r\n'.length + lines + '\r\n'.length;
}
