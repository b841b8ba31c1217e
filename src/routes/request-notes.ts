/**
 * What the kit notes of a request while it is under way. It is kept on the connection: Express swaps the prototypes of
 * request and response, and from then on V8 makes a hidden class per object for each property that is added to them, and
 * looks up each property of theirs anew.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
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
  /** True once the headers of a recorded response are sent: what it enters then did not answer it. */
  isAnswered = false;
  /** True from the end of a response that its own methods told of, until others may have the notes. */
  isOver = false;
  /** Of a connection: bytes that it had received when the last recorded request on it was over. */
  receivedBefore = 0;
  /** Of a connection: who is told when it closes. */
  watcher: object | undefined = undefined;
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

/** A connection of Node's server of HTTP/1. */
export interface ServedSocket extends Socket {
  /** The response that has the connection now, since long before the versions that are supported. */
  readonly _httpMessage?: ServerResponse | null;
  /** Taken away when the connection is upgraded, or closed. */
  readonly parser?: object | null;
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

/** The connection's own; perhaps of no request just now. */
export function notesOnConnection(socket: object): RequestNotes | undefined {
  return (socket as Holder)[notesKey];
}

/** The connection's own, where they are of this response. */
export function notesOfConnection(socket: object, response: ServerResponse): RequestNotes | undefined {
  const notes = (socket as Holder)[notesKey];
  return notes?.response === response ? notes : undefined;
}

/** True where the response has its connection, by the connection itself: asking the response is what costs. */
export function isBeingServed(response: ServerResponse, socket: ServedSocket): boolean {
  return socket._httpMessage === response && Boolean(socket.parser);
}

/**
 * The connection's own notes, for a request that it serves now; undefined where they are still another's. The connection
 * keeps the request alive until `closeNotes()`.
 */
export function claimNotes(
  socket: object,
  request: IncomingMessage,
  response: ServerResponse,
): RequestNotes | undefined {
  const notes = ((socket as Holder)[notesKey] ??= new RequestNotes(undefined));
  if (notes.response === response && !notes.isOver) return notes;
  if (notes.beside !== undefined || (notes.response !== undefined && !notes.isOver)) return undefined;
  // Those of a request that was not recorded: it has been answered, or its connection would not serve this one.
  if (notes.request !== request) closeNotes(notes);
  return assign(notes, request, response);
}

/** Notes for a recorded request of any kind. The connection keeps the request alive until `closeNotes()`. */
export function openNotes(request: IncomingMessage, response: ServerResponse): RequestNotes {
  const holder = holderOf(request);
  const main = (holder[notesKey] ??= new RequestNotes(undefined));
  if (main.response === response) return main;
  if (main.isOver) closeNotes(main);
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
  const notes = (holder[notesKey] ??= new RequestNotes(request));
  if (notes.request === request) return notes;
  if (notes.isOver) closeNotes(notes);
  if (notes.request !== undefined) return beside(notes, request);
  notes.request = request;
  return notes;
}

export function closeNotes(notes: RequestNotes): void {
  notes.request = undefined;
  notes.response = undefined;
  notes.root = undefined;
  notes.layer = undefined;
  notes.routeAtEntry = undefined;
  notes.mounts = undefined;
  notes.exchange = undefined;
  notes.isAnswered = false;
  notes.isOver = false;
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
