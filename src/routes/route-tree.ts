/** Walks the routers of an app: every route and middleware with the places it stands in. */
import {
  type AppLike,
  handlerOf,
  type HandlerLike,
  type LayerLike,
  routerBehind,
  type RouteLike,
  type RouterLike,
  routerOf,
} from './express-shapes.ts';
import { type LayerPath, pathsOf } from './layer-paths.ts';
import { appBehind } from './mounted-app.ts';
import { matchesEverything } from './path-text.ts';
import type { Mount, Place } from './place.ts';

/** A route, or the layer of a middleware: what can answer a request. */
export type Owner = RouteLike | LayerLike;

export interface PlacedOwner {
  readonly owner: Owner;
  readonly place: Place;
}

/** A router that contains itself, or routers that multiply each other, must not hang the application. */
const maxDepth = 20;
const maxPlaces = 20_000;

const knownPaths = Symbol.for('telltale.layer-paths');

/** In the order in which Express tries them. */
export function walkRoutes(router: RouterLike): readonly PlacedOwner[] {
  const found: PlacedOwner[] = [];
  visit(router, { mount: undefined, above: [], found });
  return found;
}

interface Walk {
  readonly mount: Mount | undefined;
  readonly above: readonly RouterLike[];
  readonly found: PlacedOwner[];
}

function visit(router: RouterLike, walk: Walk): void {
  if (walk.above.length >= maxDepth || walk.above.includes(router)) return;
  const lastRoute = router.stack.findLastIndex((layer) => layer.route !== undefined || innerRouter(handlerOf(layer)));
  for (const [index, layer] of router.stack.entries()) {
    if (walk.found.length >= maxPlaces) return;
    const paths = cachedPaths(layer);
    const inner = layer.route === undefined ? innerRouter(handlerOf(layer)) : undefined;
    if (inner !== undefined) {
      const mount = { parent: walk.mount, layer, paths };
      visit(inner, { mount, above: [...walk.above, router], found: walk.found });
    } else if (layer.route !== undefined) {
      walk.found.push({ owner: layer.route, place: { kind: 'route', mount: walk.mount, paths, last: false } });
    } else if (isMiddleware(handlerOf(layer))) {
      const last = lastRoute !== -1 && index > lastRoute;
      walk.found.push({ owner: layer, place: { kind: 'middleware', mount: walk.mount, paths, last } });
    }
  }
}

/** Four parameters make an error handler: whatever failed before it keeps its own route. */
function isMiddleware(handle: HandlerLike): boolean {
  return handle.length < 4;
}

function innerRouter(handle: HandlerLike): RouterLike | undefined {
  const app: AppLike | undefined = appBehind(handle);
  return app === undefined ? routerBehind(handle) : routerOf(app);
}

/** Kept on the layer, as what was learned of a path must outlive the next walk. */
function cachedPaths(layer: LayerLike): readonly LayerPath[] {
  const holder = layer as { [knownPaths]?: readonly LayerPath[] };
  const known = holder[knownPaths];
  if (known !== undefined) return known;
  const paths = pathsOf(layer);
  Object.defineProperty(holder, knownPaths, { value: paths });
  return paths;
}

/** True for middleware of the app itself that stands before any route, mount or path: it answers outside routing. */
export function standsOutside({ place }: PlacedOwner): boolean {
  return place.kind === 'middleware' && place.mount === undefined && place.paths.every(isEverything);
}

function isEverything(path: LayerPath): boolean {
  return path.template !== undefined && matchesEverything(path.template);
}
