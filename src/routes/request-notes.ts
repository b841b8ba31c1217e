/**
 * What the kit notes of a request while it is under way. It is kept on the connection: Express swaps the prototypes of
 * request and response, and from then on V8 makes a hidden class per object for each property that is added to them.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AppLike, LayerLike, RouteLike } from './express-shapes.ts';

export class RequestNotes {
  /** Undefined while a connection has no request. */
  request: IncomingMessage | undefined;
  /** Of a recorded request. */
  response: ServerResponse | undefined = undefined;
  /** The app that listens: one that is mounted in a Router does not know its parent, and leaves itself as `request.app`. */
  root: AppLike | undefined = undefined;
  /** The middleware that was entered last. */
  layer: LayerLike | undefined = undefined;
  /** The route that was on the request then. */
  routeAtEntry: RouteLike | undefined = undefined;
  /** The marked mounts that the request has passed, in order; those it has left again are among them. */
  mounts: LayerLike[] | undefined = undefined;
  /** Of the recorders: the newest that observes the request. */
  exchange: object | undefined = undefined;
  /** Of a connection: requests that are pipelined, and those whose end nobody tells. */
  beside: WeakMap<IncomingMessage, RequestNotes> | undefined = undefined;

  constructor(request: IncomingMessage | undefined) {
    this.request = request;
  }
}

/** A global symbol: copies of this package read each other's notes. */
const notesKey = Symbol.for('telltale.request-notes');

interface Holder {
  [notesKey]?: RequestNotes;
}

/** Undefined where nothing has been noted of the request. */
export function notesOf(request: IncomingMessage): RequestNotes | undefined {
  const notes = holderOf(request)[notesKey];
  if (notes === undefined || notes.request === request) return notes;
  return notes.beside?.get(request);
}

/** Of a recorded response; its `req` may by now be another object, where a handler has called an app with a copy. */
export function notesOfResponse(response: ServerResponse): RequestNotes | undefined {
  const { req } = response as { readonly req?: IncomingMessage };
  const notes = req && holderOf(req)[notesKey];
  return notes?.response === response ? notes : (response as Holder)[notesKey];
}

/** The connection keeps the request alive until `closeNotes()`. */
export function openNotes(request: IncomingMessage, response: ServerResponse): RequestNotes {
  const holder = holderOf(request);
  const main = (holder[notesKey] ??= new RequestNotes(undefined));
  if (main.response === response) return main;
  const isCrowded = main.beside !== undefined || holder === request;
  const known = isCrowded ? (main.beside?.get(request) ?? (response as Holder)[notesKey]) : undefined;
  if (known === undefined && main.request === undefined) return assign(main, request, response);
  const own = known ?? beside(main, request);
  (response as Holder)[notesKey] = own;
  return own.response === response ? own : assign(own, request, response);
}

function assign(notes: RequestNotes, request: IncomingMessage, response: ServerResponse): RequestNotes {
  notes.request = request;
  notes.response = response;
  return notes;
}

/** For a request whose end nobody waits for: notes that live as long as it is reachable. */
export function keepNotes(request: IncomingMessage): RequestNotes {
  const holder = holderOf(request);
  const notes = (holder[notesKey] ??= new RequestNotes(undefined));
  return notes.request === request ? notes : beside(notes, request);
}

export function closeNotes(notes: RequestNotes): void {
  notes.request = undefined;
  notes.response = undefined;
  notes.root = undefined;
  notes.layer = undefined;
  notes.routeAtEntry = undefined;
  notes.mounts = undefined;
  notes.exchange = undefined;
}

function beside(notes: RequestNotes, request: IncomingMessage): RequestNotes {
  notes.beside ??= new WeakMap();
  const known = notes.beside.get(request);
  if (known !== undefined) return known;
  const own = new RequestNotes(request);
  notes.beside.set(request, own);
  return own;
}

/** A request of HTTP/2 loses its connection before its end; what test tools pass for a request may have none. */
function holderOf(request: IncomingMessage): Holder {
  const { socket } = request as { readonly socket?: object | null };
  return socket === undefined || socket === null || request.httpVersionMajor === 2 ? (request as object) : socket;
}
