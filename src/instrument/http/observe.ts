/** Where an exchange begins, and who tells that it is over: the methods of a response of Express, or its `close` event. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import {
  claimNotes,
  closeNotes,
  isBeingServed,
  notesOfResponse,
  openNotes,
  type RequestNotes,
} from '../../routes/request-notes.ts';
import { waitForEnd } from './end.ts';
import { Exchange, type ExchangeListener, newestIn, type Routes } from './exchange.ts';
import { followByItself } from './response-methods.ts';
import type { ResponseHooks } from './response-hooks.ts';

/** Who observes, and by which hooks. */
export interface Observer {
  readonly listener: ExchangeListener;
  readonly hooks: ResponseHooks;
}

/** Begins to observe a response for a listener; undefined where that listener observes it already, or it is not recorded. */
export function observeExchange(
  { listener, hooks }: Observer,
  request: IncomingMessage,
  response: ServerResponse,
  routes: Routes,
): Exchange | undefined {
  const { socket } = request as { readonly socket: Socket | null | undefined };
  // What has no connection cannot be measured.
  if (socket === undefined || socket === null) return undefined;
  const notes = notesByHooks(hooks, request, response, socket) ?? notesByEvents(listener, request, response);
  if (notes === undefined || isObserved(notes, listener)) return undefined;
  const exchange = new Exchange(listener, request, response, socket, routes, notes);
  notes.exchange = exchange;
  routes.prepare?.(request, notes);
  return exchange;
}

/** Takes a request out of every recorder that observes it: for scrapes and probes. */
export function leaveUnrecorded(response: ServerResponse): void {
  for (let each = newestIn(notesOfResponse(response)); each !== undefined; each = each.previous) {
    if (!each.isOver) each.listener.left(each);
  }
}

/** The usual way, undefined where it is not open: the connection serves this response, whose methods tell us the rest. */
function notesByHooks(
  hooks: ResponseHooks,
  request: IncomingMessage,
  response: ServerResponse,
  socket: Socket,
): RequestNotes | undefined {
  if (!isBeingServed(response, socket)) return undefined;
  const hook = hooks.of(response);
  const notes = hook && claimNotes(socket, request, response);
  if (hook !== undefined && notes !== undefined) hook.watch(socket, notes);
  return notes;
}

/** For responses that wait for their turn, of HTTP/2, of Node alone, or over before they came here. */
function notesByEvents(
  listener: ExchangeListener,
  request: IncomingMessage,
  response: ServerResponse,
): RequestNotes | undefined {
  // An upgrade that is sent through the app for its routes is counted by its connection.
  if ((request as { readonly upgrade?: boolean }).upgrade === true) return undefined;
  const notes = openNotes(request, response);
  if (isObserved(notes, listener)) return undefined;
  if (notes.exchange === undefined && !waitForEnd(request, response)) {
    closeNotes(notes);
    return undefined;
  }
  followByItself(response);
  return notes;
}

function isObserved(notes: RequestNotes, listener: ExchangeListener): boolean {
  for (let each = newestIn(notes); each !== undefined; each = each.previous) {
    if (each.listener === listener) return true;
  }
  return false;
}
