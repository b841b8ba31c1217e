/** `writeHead()` of a response says that the headers have been sent, after it has run. */
import { ServerResponse } from 'node:http';
import { notesOfConnection, notesOfResponse, type RequestNotes } from '../../routes/request-notes.ts';
import { noteHeaders } from './exchange.ts';

/** `writeHead(status, headers)` or `writeHead(status, reason, headers)`. */
export type WriteHead = (this: ServerResponse, status: unknown, reason?: unknown, headers?: unknown) => ServerResponse;

interface HasWriteHead {
  writeHead: WriteHead;
}

const { writeHead: writeHeadOfNode } = ServerResponse.prototype as unknown as HasWriteHead;

/** For one response that no prototype of a library tells of. */
export function followByItself(response: ServerResponse): void {
  const own = response as unknown as HasWriteHead;
  if (!Object.hasOwn(response, 'writeHead')) own.writeHead = noteAfterInherited;
  else if (own.writeHead !== noteAfterInherited) own.writeHead = notingAfter(own.writeHead);
}

/** One function for all responses. */
function noteAfterInherited(
  this: ServerResponse,
  status: unknown,
  reason?: unknown,
  headers?: unknown,
): ServerResponse {
  const { writeHead } = Object.getPrototypeOf(this) as HasWriteHead;
  const wholeBytes = wholeBytesOf(this);
  const result = writeHead.call(this, status, reason, headers);
  note(this, this.statusCode, wholeBytes, headers ?? reason);
  return result;
}

export function notingAfter(original: WriteHead): WriteHead {
  // What Node's own method is given is what it sends. Each property of a response of Express costs to ask for.
  const isGiven = original === writeHeadOfNode;
  return function writeHead(status, reason, headers) {
    const wholeBytes = wholeBytesOf(this);
    const result = original.call(this, status, reason, headers);
    note(this, isGiven ? Math.trunc(Number(status)) : this.statusCode, wholeBytes, headers ?? reason);
    return result;
  };
}

function note(response: ServerResponse, status: number, wholeBytes: number | undefined, given: unknown): void {
  const notes = notesBySocket(response) ?? notesOfResponse(response);
  if (notes === undefined) return;
  // A body that went with the headers is no stream.
  const isEventStream = wholeBytes === undefined && isOfEvents(contentTypeOf(response, given));
  noteHeaders(notes, status, wholeBytes, isEventStream);
}

function notesBySocket(response: ServerResponse): RequestNotes | undefined {
  const { socket } = response;
  return socket === null || socket === undefined ? undefined : notesOfConnection(socket, response);
}

/** Before the headers are made Node knows the length only if it was `end()` that asked for them, with all there is to send. */
function wholeBytesOf(response: ServerResponse): number | undefined {
  return (response as { readonly _contentLength?: number | null })._contentLength ?? undefined;
}

function isOfEvents(contentType: unknown): boolean {
  return typeof contentType === 'string' && contentType.startsWith('text/event-stream');
}

function contentTypeOf(response: ServerResponse, given: unknown): unknown {
  return response.getHeader('content-type') ?? contentTypeIn(given);
}

/** Headers given to `writeHead()` alone are not kept where `getHeader()` looks. */
function contentTypeIn(headers: unknown): unknown {
  if (typeof headers !== 'object' || headers === null) return undefined;
  const entries = Array.isArray(headers) ? pairsOf(headers) : Object.entries(headers);
  return entries.find(([name]) => String(name).toLowerCase() === 'content-type')?.[1];
}

/** Node takes both `[[name, value], ...]` and `[name, value, ...]`. */
function pairsOf(headers: readonly unknown[]): readonly (readonly [unknown, unknown])[] {
  if (Array.isArray(headers[0])) return headers as readonly (readonly [unknown, unknown])[];
  return headers.flatMap((name, index) => (index % 2 === 0 ? [[name, headers[index + 1]] as const] : []));
}
