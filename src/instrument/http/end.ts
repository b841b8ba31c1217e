/** The end of responses by their `close` event. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { closeNotes, notesOfResponse, type RequestNotes } from '../../routes/request-notes.ts';
import { noteEnd } from './exchange.ts';
import { endWithConnection } from './pipelined.ts';

/** One listener for all responses and all recorders. */
export function endWithEvent(response: ServerResponse): void {
  response.on('close', endAll);
}

/** False where it has been called already: nothing is noted any more. */
export function waitForEnd(request: IncomingMessage, response: ServerResponse): boolean {
  const isGone = isOver(request, response);
  if (isGone && response.listeners('close').includes(endAll)) return false;
  endWithEvent(response);
  // What was answered or left before it came here is over once this recorder has begun with it.
  if (isGone) queueMicrotask(() => endAll.call(response));
  else if (response.socket === null) endWithConnection(request.socket, response, endAll);
  return true;
}

/** A response of HTTP/2. */
interface OfStream {
  readonly stream: { readonly closed: boolean; readonly aborted: boolean };
}

/** Nobody tells of its end any more: it is over, or waits for its turn on a connection that is. */
function isOver(request: IncomingMessage, response: ServerResponse): boolean {
  if (request.httpVersionMajor === 2) return (response as unknown as OfStream).stream.closed;
  return response.closed || (response.socket === null && request.socket.closed);
}

function endAll(this: ServerResponse): void {
  const notes = notesOfResponse(this);
  if (notes === undefined) return;
  noteEnd(notes, isFinished(notes, this));
  closeNotes(notes);
}

/** A stream of HTTP/2 that is cut is ended by Node, so that only `aborted` tells it from one that was complete. */
function isFinished({ request }: RequestNotes, response: ServerResponse): boolean {
  if (request?.httpVersionMajor !== 2) return response.writableFinished;
  return !(response as unknown as OfStream).stream.aborted;
}
