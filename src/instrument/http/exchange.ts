/** One request and its response, from arrival to the end, as one recorder sees it. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { type CurrentTrace, currentTrace } from '../../correlation/current-trace.ts';
import type { RequestNotes } from '../../routes/request-notes.ts';
import { type ResolvedRoute, unmatched } from '../../routes/resolved-route.ts';
import type { Slot } from './slots.ts';

/** How an adapter names the routes of its framework. */
export interface Routes {
  /** Before a request is routed. Without notes for one that is not recorded. */
  prepare?(request: IncomingMessage, notes?: RequestNotes): void;
  /** Called when the headers are sent, or at an abort before that. */
  resolve(
    request: IncomingMessage,
    response: ServerResponse,
    notes: RequestNotes,
    method: string | undefined,
  ): ResolvedRoute;
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
  /** Node has handed over to the system all that was to be sent. */
  isFinished = false;

  constructor(
    listener: ExchangeListener,
    request: IncomingMessage,
    response: ServerResponse,
    socket: Socket,
    routes: Routes,
    notes: RequestNotes,
  ) {
    this.listener = listener;
    this.request = request;
    this.response = response;
    this.socket = socket;
    this.routes = routes;
    this.notes = notes;
    this.previous = notes.exchange as Exchange | undefined;
    this.startMillis = performance.now();
  }

  /** The route as it stands now; `unmatched` should the resolver fail. */
  resolveSlot(): Slot {
    const { listener, request } = this;
    const { method } = request;
    try {
      return listener.slotFor(this.routes.resolve(request, this.response, this.notes, method), method);
    } catch (error) {
      listener.failed(error);
      return listener.slotFor(unmatched, method);
    }
  }

  /**
   * Takes the picture that counts: later middleware may still change the status or move the request on.
   * @param wholeBytes Of the body, where all of it goes with the headers.
   */
  atHeaders(status: number, wholeBytes: number | undefined, isEventStream: boolean): void {
    if (this.slot !== undefined || this.isOver) return;
    // A tracer may begin after the recorder.
    this.trace ??= traceOfNow();
    const slot = this.resolveSlot();
    this.slot = slot;
    this.status = status;
    this.wholeBytes = wholeBytes;
    if (wholeBytes === undefined) this.sentBefore = this.socket.bytesWritten;
    if (isEventStream) {
      this.isStream = true;
      this.listener.streamOpened(slot);
    }
    this.listener.headersSent(this, slot);
  }

  end(isFinished: boolean): void {
    if (this.isOver) return;
    this.isOver = true;
    this.isFinished = isFinished;
    try {
      this.listener.ended(this);
    } catch (error) {
      // Node is in the middle of ending the response.
      this.listener.failed(error);
    }
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

/** The newest of the exchanges that observe a request. */
export function newestIn(notes: RequestNotes | undefined): Exchange | undefined {
  return notes?.exchange as Exchange | undefined;
}

/** Tells the exchanges of a request that its headers have been sent, as `Exchange.atHeaders()` takes them. */
export function noteHeaders(
  notes: RequestNotes,
  status: number,
  wholeBytes: number | undefined,
  isEventStream: boolean,
): void {
  for (let each = newestIn(notes); each !== undefined; each = each.previous) {
    each.atHeaders(status, wholeBytes, isEventStream);
  }
  notes.isAnswered = true;
}

/** Tells the exchanges of a request that it is over. */
export function noteEnd(notes: RequestNotes, isFinished: boolean): void {
  const newest = newestIn(notes);
  if (newest === undefined) return;
  for (let each: Exchange | undefined = newest; each !== undefined; each = each.previous) each.end(isFinished);
  notes.receivedBefore = newest.socket.bytesRead;
}
