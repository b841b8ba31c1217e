/**
 * Middleware that answers leaves no trace on the request, and a route that called `next()` stays on it as if it had
 * answered. So layers of middleware note that they were entered, and which route was on the request then: the route
 * answered only if it is a newer one.
 */
import type { ServerResponse } from 'node:http';
import type { LayerLike, RequestLike, RouteLike } from './express-shapes.ts';
import { keepNotes, notesOf, type RequestNotes } from './request-notes.ts';

const marked = Symbol.for('telltale.marked-layer');

type HandleRequest = (this: LayerLike, request: RequestLike, response: ServerResponse, next: () => void) => unknown;

/** Express 4, router 2. */
type MethodName = 'handle_request' | 'handleRequest';

/** What answered, or is about to: the newest of the route on the request and the middleware that was entered. */
export function answeringOwner(
  request: RequestLike,
  notes: RequestNotes | undefined,
): RouteLike | LayerLike | undefined {
  const { route } = request;
  return notes?.layer === undefined || route !== notes.routeAtEntry ? route : notes.layer;
}

/** Makes a layer note that it was entered. The method is overridden on this one layer; `layer.handle` stays as it is. */
export function markEntry(layer: LayerLike): void {
  override(layer, noteMiddleware);
}

/** The same for the mount of a router that stands in several places: only so it can be told by which way it was reached. */
export function markMount(layer: LayerLike): void {
  override(layer, noteMount);
}

type Note = (layer: LayerLike, notes: RequestNotes, request: RequestLike) => void;

function noteMiddleware(layer: LayerLike, notes: RequestNotes, request: RequestLike): void {
  notes.layer = layer;
  notes.routeAtEntry = request.route;
}

function noteMount(layer: LayerLike, notes: RequestNotes): void {
  (notes.mounts ??= []).push(layer);
}

function override(layer: LayerLike, note: Note): void {
  if (marked in layer) return;
  for (const name of ['handle_request', 'handleRequest'] as const) {
    if (!(name in layer)) continue;
    Object.defineProperty(layer, name, { value: noteAndHandle(name, note), writable: true, configurable: true });
    Object.defineProperty(layer, marked, { value: true });
  }
}

function noteAndHandle(name: MethodName, note: Note): HandleRequest {
  return function handleRequest(this: LayerLike, request, response, next) {
    const notes = notesOf(request);
    if (!isAnswered(response, notes)) note(this, notes ?? keepNotes(request), request);
    const prototype = Object.getPrototypeOf(this) as Record<MethodName, HandleRequest>;
    return prototype[name].call(this, request, response, next);
  };
}

/** The notes know it of a recorded response, which is cheaper than to ask it. */
function isAnswered(response: ServerResponse, notes: RequestNotes | undefined): boolean {
  return notes?.exchange === undefined ? response.headersSent : notes.isAnswered;
}
