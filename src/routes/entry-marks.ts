/**
 * Middleware that answers leaves no trace on the request, and a route that called `next()` stays on it as if it had
 * answered. So layers of middleware note that they were entered, and which route was on the request then: the route
 * answered only if it is a newer one.
 */
import type { ServerResponse } from 'node:http';
import type { LayerLike, RequestLike, RouteLike } from './express-shapes.ts';

const enteredLayer = Symbol.for('telltale.entered-layer');
const routeAtEntry = Symbol.for('telltale.route-at-entry');
const marked = Symbol.for('telltale.marked-layer');

interface MarkedRequest extends RequestLike {
  [enteredLayer]?: LayerLike;
  [routeAtEntry]?: RouteLike | undefined;
}

type HandleRequest = (this: LayerLike, request: RequestLike, response: ServerResponse, next: () => void) => unknown;

/** Express 4, router 2. */
type MethodName = 'handle_request' | 'handleRequest';

/** What answered, or is about to: the newest of the route on the request and the middleware that was entered. */
export function answeringOwner(request: RequestLike): RouteLike | LayerLike | undefined {
  const layer = (request as MarkedRequest)[enteredLayer];
  if (layer === undefined || request.route !== (request as MarkedRequest)[routeAtEntry]) return request.route;
  return layer;
}

/** The middleware that was entered last, as it may lead to a router that nobody can see. */
export function layerEntered(request: RequestLike): LayerLike | undefined {
  return (request as MarkedRequest)[enteredLayer];
}

/** Makes a layer note that it was entered. The method is overridden on this one layer; `layer.handle` stays as it is. */
export function markEntry(layer: LayerLike): void {
  if (marked in layer) return;
  for (const [name, value] of Object.entries(noting)) {
    if (!(name in layer)) continue;
    Object.defineProperty(layer, name, { value, writable: true, configurable: true });
    Object.defineProperty(layer, marked, { value: true });
  }
}

const noting: Readonly<Record<MethodName, HandleRequest>> = {
  handle_request: noteAndHandle('handle_request'),
  handleRequest: noteAndHandle('handleRequest'),
};

function noteAndHandle(name: MethodName): HandleRequest {
  return function handleRequest(this: LayerLike, request, response, next) {
    if (!response.headersSent) {
      (request as MarkedRequest)[enteredLayer] = this;
      (request as MarkedRequest)[routeAtEntry] = request.route;
    }
    const prototype = Object.getPrototypeOf(this) as Record<MethodName, HandleRequest>;
    return prototype[name].call(this, request, response, next);
  };
}
