/** Every route that an app has registered, as metrics and traces will name it. */
import { METHODS } from 'node:http';
import { rootOf, type RouteLike } from './express-shapes.ts';
import { allTemplates } from './place.ts';
import { rebuildIndex } from './route-index.ts';

export interface ListedRoute {
  /** Upper case; `*` for a route that takes every method. */
  readonly method: string;
  /** The value of the label `route`. */
  readonly route: string;
}

/**
 * Every registered route and method of an Express 4 or 5 app, in the order of registration, named as in metrics and
 * traces. Meant for a test of your own that shows that each route is seen: the example names those that traffic has missed.
 *
 * A Router behind a function of the application's own is not listed. With router 2.0 to 2.2 (Express 5.0 to 5.2) mounts are
 * read with Node's inspector; where there is none, a mount is listed as `/(mount)` until a request has passed it.
 * @example
 * const { values } = await registry.getSingleMetric('http_request_duration_seconds').get();
 * const isSeen = ({ method, route }) =>
 *   values.some(({ labels }) => labels.route === route && (method === '*' || labels.method === method));
 * const missed = listRoutes(app).filter((listed) => !isSeen(listed));
 * expect(missed).toEqual([]);
 */
export function listRoutes(app: object): readonly ListedRoute[] {
  const index = rebuildIndex(rootOf(app));
  if (index === undefined) return [];
  return index.placed.flatMap(({ owner, place }) => {
    if (place.kind !== 'route') return [];
    const methods = methodsOf(owner as RouteLike);
    return allTemplates(place).flatMap((route) => methods.map((method) => ({ method, route })));
  });
}

/** `app.all()` gives a route each method by itself, `router.all()` and `route.all()` a handler for any. */
function methodsOf(route: RouteLike): readonly string[] {
  const { _all: all, ...named } = route.methods;
  const methods = Object.keys(named).map((name) => name.toUpperCase());
  const every = all === true || METHODS.every((method) => methods.includes(method));
  return every ? ['*'] : methods;
}
