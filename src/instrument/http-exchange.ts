/** One request and its response, from arrival to the end, as one recorder sees it. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { type CurrentTrace, currentTrace } from '../correlation/current-trace.ts';
import { closeNotes, notesOfResponse, openNotes, type RequestNotes } from '../routes/request-notes.ts';
import { type ResolvedRoute, unmatched } from '../routes/resolved-route.ts';
import { endWithConnection } from './http-pipelined.ts';
import type { Slot } from './http-slots.ts';

/** How an adapter names the routes of its framework. */
export interface Routes {
  /** Before a request is routed. Without notes for one that is not recorded. */
  prepare?(request: IncomingMessage, notes?: RequestNotes): void;
  /** Called when the headers are sent, or at an abort before that. */
  resolve(request: IncomingMessage, response: ServerResponse, notes: RequestNotes): ResolvedRoute;
  /** The route of a connection that is upgraded, which no router sees. */
  ofUpgrade?(request: IncomingMessage): ResolvedRoute;
}

/** What an exchange reports to. Implemented by the recorder. */
export interface ExchangeListener {
  slotFor(route: ResolvedRoute, method: string | undefined): Slot;
  streamOpened(slot: Slot): void;
  headersSent(exchange: Exchange, slot: Slot): void;
  ended(exchange: Exchange): void;
  /** The request turned out to be none that counts. */
  left(exchange: Exchange): void;
  failed(error: unknown): void;
}

export class Exchange {
  readonly listener: ExchangeListener;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly socket: Socket;
  readonly routes: Routes;
  readonly notes: RequestNotes;
  /** Of another recorder, on the same response. */
  readonly previous: Exchange | undefined;
  readonly startMillis: number;
  slot: Slot | undefined = undefined;
  /** For exemplars. The end of a response comes outside of its request's context. */
  trace: CurrentTrace | undefined = traceOfNow();
  /** As sent; 0 until then. */
  status = 0;
  /** Of the body, where it went with the headers, whole. */
  wholeBytes: number | undefined = undefined;
  /** Bytes that the connection had sent before the headers; not asked where the body went with them. */
  sentBefore = 0;
  isStream = false;
  isOver = false;

  constructor(
    listener: ExchangeListener,
    request: IncomingMessage,
    response: ServerResponse,
    routes: Routes,
    notes: RequestNotes,
  ) {
    this.listener = listener;
    this.request = request;
    this.response = response;
    this.socket = request.socket;
    this.routes = routes;
    this.notes = notes;
    this.previous = notes.exchange as Exchange | undefined;
    this.startMillis = performance.now();
  }

  /** The route as it stands now; `unmatched` should the resolver fail. */
  resolveSlot(): Slot {
    const { listener, request } = this;
    try {
      return listener.slotFor(this.routes.resolve(request, this.response, this.notes), request.method);
    } catch (error) {
      listener.failed(error);
      return listener.slotFor(unmatched, request.method);
    }
  }

  /** Takes the picture that counts: later middleware may still change the status or move the request on. */
  atHeaders(type: unknown, wholeBytes: number | undefined): void {
    if (this.slot !== undefined || this.isOver) return;
    // A tracer may begin after the recorder.
    this.trace ??= traceOfNow();
    const slot = this.resolveSlot();
    this.slot = slot;
    this.status = this.response.statusCode;
    this.wholeBytes = wholeBytes;
    if (wholeBytes === undefined) this.sentBefore = this.socket.bytesWritten;
    if (typeof type === 'string' && type.startsWith('text/event-stream')) {
      this.isStream = true;
      this.listener.streamOpened(slot);
    }
    this.listener.headersSent(this, slot);
  }

  end(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.listener.ended(this);
  }
}

/** A tracer that fails must cost an exemplar, not the request. */
function traceOfNow(): CurrentTrace | undefined {
  try {
    return currentTrace();
  } catch {
    return undefined;
  }
}

/** Begins to observe a response for a listener; undefined where that listener observes it already. */
export function observeExchange(
  listener: ExchangeListener,
  request: IncomingMessage,
  response: ServerResponse,
  routes: Routes,
): Exchange | undefined {
  const notes = openNotes(request, response);
  const newest = newestIn(notes);
  for (let other = newest; other !== undefined; other = other.previous) {
    if (other.listener === listener) return undefined;
  }
  const isGone = isOver(request, response);
  if (newest === undefined && !waitForEnd(request, response, isGone)) {
    closeNotes(notes);
    return undefined;
  }
  const exchange = new Exchange(listener, request, response, routes, notes);
  notes.exchange = exchange;
  routes.prepare?.(request, notes);
  return exchange;
}

function newestOf(response: ServerResponse): Exchange | undefined {
  return newestIn(notesOfResponse(response));
}

function newestIn(notes: RequestNotes | undefined): Exchange | undefined {
  return notes?.exchange as Exchange | undefined;
}

/**
 * Tells the exchanges of a response that its headers have been sent.
 * @param wholeBytes Of the body, where all of it goes with them.
 */
export function noteHeaders(response: ServerResponse, contentType: unknown, wholeBytes: number | undefined): void {
  for (let each = newestOf(response); each !== undefined; each = each.previous) each.atHeaders(contentType, wholeBytes);
}

/** Takes a request out of every recorder that observes it: for scrapes and probes. */
export function leaveUnrecorded(response: ServerResponse): void {
  for (let each = newestOf(response); each !== undefined; each = each.previous) {
    if (!each.isOver) each.listener.left(each);
  }
}

/** One listener for all responses and all recorders. False where it has been called already: nothing is noted any more. */
function waitForEnd(request: IncomingMessage, response: ServerResponse, isGone: boolean): boolean {
  if (isGone && response.listeners('close').includes(endAll)) return false;
  response.on('close', endAll);
  // What was answered or left before it came here is over once this recorder has begun with it.
  if (isGone) queueMicrotask(() => endAll.call(response));
  else if (response.socket === null) endWithConnection(request.socket, response, endAll);
  return true;
}

/** A response of HTTP/2. */
interface OfStream {
  readonly stream: { readonly closed: boolean };
}

/** Nobody tells of its end any more: it is over, or waits for its turn on a connection that is. */
function isOver(request: IncomingMessage, response: ServerResponse): boolean {
  if (request.httpVersionMajor === 2) return (response as unknown as OfStream).stream.closed;
  return response.closed || (response.socket === null && request.socket.closed);
}

function endAll(this: ServerResponse): void {
  const notes = notesOfResponse(this);
  if (notes === undefined) return;
  for (let each = newestIn(notes); each !== undefined; each = each.previous) each.end();
  closeNotes(notes);
}
