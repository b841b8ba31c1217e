/** Routes and middleware of an application by object, made once and again when the application has grown. */
import { type AppLike, handlerOf, type LayerLike, type RouterLike, routerOf } from './express-shapes.ts';
import { markEntry, markMount } from './entry-marks.ts';
import { fixedTemplate, mountsAbove, type Place } from './place.ts';
import type { ResolvedRoute } from './resolved-route.ts';
import { type Owner, type PlacedOwner, standsOutside, walkRoutes } from './route-tree.ts';

/** What is known of one route or middleware. */
export interface Entry {
  readonly index: RouteIndex;
  readonly places: readonly Place[];
  /** Set where one template fits every request. */
  readonly fixed: ResolvedRoute | undefined;
}

export interface RouteIndex {
  readonly router: RouterLike;
  /** Layers of the root router when the index was made. */
  readonly size: number;
  readonly placed: readonly PlacedOwner[];
  readonly placesOf: ReadonlyMap<Owner, readonly Place[]>;
  /** One object per template, so that recorders may hang on it what belongs to the template. */
  readonly interned: Map<string, ResolvedRoute>;
}

const indexOf = Symbol.for('telltale.route-index');
const entryOf = Symbol.for('telltale.route-entry');

/** The index of an app that listens; undefined where it has no router yet. */
export function routeIndexOf(root: AppLike & { [indexOf]?: RouteIndex }): RouteIndex | undefined {
  const index = root[indexOf];
  return index !== undefined && index.size === index.router.stack.length ? index : rebuildIndex(root);
}

/** Makes the index anew: routers below the root may have grown unseen. */
export function rebuildIndex(root: AppLike): RouteIndex | undefined {
  const router = routerOf(root);
  if (router === undefined) return undefined;
  const index = tryBuild(router);
  Object.defineProperty(root, indexOf, { value: index, configurable: true });
  return index;
}

/** What the index knows of a route or middleware; cached on it, as this runs for every request. */
export function entryFor(owner: Owner, index: RouteIndex): Entry | undefined {
  const cached = (owner as { [entryOf]?: Entry })[entryOf];
  if (cached !== undefined && cached.index === index) return cached;
  const places = index.placesOf.get(owner);
  if (places === undefined) return undefined;
  const only = places.length === 1 ? places[0] : undefined;
  const fixed = only === undefined ? undefined : fixedTemplate(only);
  const entry = { index, places, fixed: fixed && intern(index, fixed) };
  // A template that is still to be learned from a request may become fixed.
  if (fixed !== undefined || places.length > 1) {
    Object.defineProperty(owner, entryOf, { value: entry, configurable: true, writable: true });
  }
  return entry;
}

export function intern(index: RouteIndex, route: ResolvedRoute): ResolvedRoute {
  const key = `${String(route.catchAll)} ${route.template}`;
  const known = index.interned.get(key);
  if (known === undefined) index.interned.set(key, route);
  return known ?? route;
}

/** Telltale must not break an application whose routers it cannot read: its routes are then named by themselves alone. */
function tryBuild(router: RouterLike): RouteIndex {
  const empty = { router, size: router.stack.length, placed: [], placesOf: new Map(), interned: new Map() };
  try {
    const last = router.stack.at(-1);
    if (last !== undefined && handlerOf(last) !== endOfRoutes) router.use(endOfRoutes);
    const placed = walkRoutes(router);
    markMiddleware(placed);
    const placesOf = groupByOwner(placed);
    markSharedMounts(placesOf);
    return { ...empty, size: router.stack.length, placed, placesOf };
  } catch {
    return empty;
  }
}

/** Reached when nothing answered. Its entry mark says so to whoever sends the 404. */
function endOfRoutes(_request: unknown, _response: unknown, next: () => void): void {
  next();
}

/** Middleware before all routing needs no mark: as long as nothing else was entered, it is what answers. */
function markMiddleware(placed: readonly PlacedOwner[]): void {
  let routing = false;
  for (const found of placed) {
    routing ||= !standsOutside(found);
    if (routing && found.place.kind === 'middleware') markEntry(found.owner as LayerLike);
  }
}

function markSharedMounts(placesOf: ReadonlyMap<Owner, readonly Place[]>): void {
  const shared = [...placesOf.values()].filter((places) => places.length > 1).flat();
  for (const place of shared) mountsAbove(place.mount).forEach(markMount);
}

function groupByOwner(placed: readonly PlacedOwner[]): ReadonlyMap<Owner, readonly Place[]> {
  const groups = new Map<Owner, Place[]>();
  for (const { owner, place } of placed) {
    const places = groups.get(owner);
    if (places === undefined) groups.set(owner, [place]);
    else places.push(place);
  }
  return groups;
}
