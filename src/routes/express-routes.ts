/** What a recorder asks Express for. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type AppLike, pathnameOf, type RequestLike, rootOf } from './express-shapes.ts';
import { templateAt } from './place.ts';
import type { RequestNotes } from './request-notes.ts';
import { type ResolvedRoute, unmatched } from './resolved-route.ts';
import { prepareRoutes, resolveRoute } from './resolve-route.ts';
import { routeIndexOf } from './route-index.ts';

export interface ExpressRoutes {
  prepare(request: IncomingMessage, notes?: RequestNotes): void;
  resolve(request: IncomingMessage, response: ServerResponse, notes: RequestNotes): ResolvedRoute;
  ofUpgrade(request: IncomingMessage): ResolvedRoute;
}

/** Of one middleware: it belongs to one app, which an upgrade does not name. */
export function expressRoutes(): ExpressRoutes {
  let app: AppLike | undefined;
  return {
    prepare: (request: RequestLike, notes) => {
      app ??= request.app;
      prepareRoutes(request, notes);
    },
    resolve: resolveRoute,
    ofUpgrade: ({ url = '/' }) => (app === undefined ? unmatched : routeOfPath(app, pathnameOf(url))),
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
