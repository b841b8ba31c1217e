/** What a recorder asks Express for. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type AppLike, pathnameOf, type RequestLike, rootOf } from './express-shapes.ts';
import { templateAt } from './place.ts';
import { keepNotes, type RequestNotes } from './request-notes.ts';
import { type ResolvedRoute, unmatched } from './resolved-route.ts';
import { prepareRoutes, resolveRoute } from './resolve-route.ts';
import { routeIndexOf } from './route-index.ts';

export interface ExpressRoutes {
  prepare(request: IncomingMessage, notes?: RequestNotes): void;
  resolve(
    request: IncomingMessage,
    response: ServerResponse,
    notes: RequestNotes,
    method: string | undefined,
  ): ResolvedRoute;
  ofUpgrade(request: IncomingMessage): ResolvedRoute;
}

/** Of one middleware: it belongs to one app, which an upgrade does not name. */
export function expressRoutes(): ExpressRoutes {
  let first: AppLike | undefined;
  const appOf = appByPrototype();
  return {
    prepare: (request: RequestLike, notes) => {
      const app = appOf(request);
      first ??= app;
      if (app !== undefined) prepareRoutes(app, notes ?? keepNotes(request));
    },
    resolve: resolveRoute,
    ofUpgrade: ({ url = '/' }) => (first === undefined ? unmatched : routeOfPath(first, pathnameOf(url))),
  };
}

/** An app leaves itself on the prototype of its requests. To read it off the request would cost more than to compare these. */
function appByPrototype(): (request: RequestLike) => AppLike | undefined {
  let usual: object | undefined;
  let app: AppLike | undefined;
  return (request) => {
    const prototype = Object.getPrototypeOf(request) as object;
    if (prototype === usual) return app;
    usual = prototype;
    app = request.app;
    return app;
  };
}

/** What express-ws puts behind the path of a route for connections that are upgraded. */
const suffix = '/.websocket';

/** The first route that is registered for the path, whatever its method; a catch-all is none. */
function routeOfPath(app: AppLike, path: string): ResolvedRoute {
  const places = routeIndexOf(rootOf(app))?.placed.map(({ place }) => place) ?? [];
  for (const tried of [path.replace(/\/$/, '') + suffix, path]) {
    for (const place of places) {
      const found = place.kind === 'route' ? templateAt(place, tried) : undefined;
      if (found === undefined || found.catchAll) continue;
      return { template: found.template.replace(suffix, '') || '/', catchAll: false };
    }
  }
  return unmatched;
}
