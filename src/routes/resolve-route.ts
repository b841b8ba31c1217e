/** The full route template of a request in Express 4 and 5: one resolver for metrics, traces and `listRoutes()`. */
import type { ServerResponse } from 'node:http';
import { answeringOwner } from './entry-marks.ts';
import {
  type AppLike,
  type LayerLike,
  pathnameOf,
  type RequestLike,
  rootOf,
  type RouteLike,
} from './express-shapes.ts';
import { flattenPath, joinTemplates, matchesEverything, templateOfPath } from './path-text.ts';
import { allTemplates, isBelow, type Mount, mountsAbove, type Place, templateAt } from './place.ts';
import { type ResolvedRoute, unmatched } from './resolved-route.ts';
import { type Entry, entryFor, intern, rebuildIndex, type RouteIndex, routeIndexOf } from './route-index.ts';
import type { Owner } from './route-tree.ts';
import { notesOf, type RequestNotes } from './request-notes.ts';

/** On a route that the routers of the app do not lead to. */
const missed = Symbol.for('telltale.route-out-of-sight');

/**
 * Call once a request has reached the application, before its routes run: what is to be known of routing is noted from then
 * on. Cheap when nothing has been added since the last request.
 */
export function prepareRoutes(app: AppLike, notes: RequestNotes): void {
  routeIndexOf((notes.root ??= rootOf(app)));
}

/**
 * The template of what answers the request, has thrown, or was at it when the client went away: mounts included, never a
 * raw URL, `unmatched` where nothing registered for the path answered. Best called when the headers are sent, as later
 * middleware may still move the request on.
 */
export function resolveRoute(
  request: RequestLike,
  response: ServerResponse,
  notes = notesOf(request),
  method = request.method,
): ResolvedRoute {
  const root = notes?.root ?? (request.app && rootOf(request.app));
  const index = root === undefined ? undefined : routeIndexOf(root);
  const owner = answeringOwner(request, notes);
  if (root === undefined || index === undefined) return owner === undefined ? unmatched : alone(owner);
  const listed = method === 'OPTIONS' && isAutomatic(response) ? routeWithPath(index, request) : undefined;
  if (listed !== undefined) return listed;
  if (owner === undefined) return unmatched;
  const resolved = entryFor(owner, index)?.fixed ?? resolveByPath(owner, { request, notes, root, index });
  return resolved.catchAll && response.statusCode === 404 ? unmatched : resolved;
}

interface Way {
  readonly request: RequestLike;
  readonly notes: RequestNotes | undefined;
  readonly root: AppLike;
  readonly index: RouteIndex;
}

function resolveByPath(owner: Owner, way: Way): ResolvedRoute {
  const entry = entryFor(owner, way.index) ?? lookAgain(owner, way.root);
  if (entry === undefined) return intern(way.index, beyondSight(owner, way));
  return intern(entry.index, entry.fixed ?? placeByPath(entry.places, way));
}

/** A route that is not in the index may have been added since: one look, as it may also be out of sight for good. */
function lookAgain(owner: Owner, root: AppLike): Entry | undefined {
  if (missed in owner) return undefined;
  const index = rebuildIndex(root);
  const entry = index === undefined ? undefined : entryFor(owner, index);
  if (entry === undefined) Object.defineProperty(owner, missed, { value: true });
  return entry;
}

function placeByPath(places: readonly Place[], { request, notes }: Way): ResolvedRoute {
  const asSent = pathnameOf(request.originalUrl ?? request.url ?? '/');
  const asRewritten = pathnameOf((request.baseUrl ?? '') + (request.url ?? ''));
  const passed = placesPassed(places, notes?.mounts ?? []);
  for (const path of [asSent, asRewritten]) {
    for (const place of passed) {
      const found = templateAt(place, path);
      if (found !== undefined) return found;
    }
  }
  const [first] = passed;
  return { template: (first && allTemplates(first)[0]) ?? '/*', catchAll: false };
}

/** Of several places those that lie on the way that the request took last. */
function placesPassed(places: readonly Place[], entered: readonly LayerLike[]): readonly Place[] {
  let left = places;
  for (let index = entered.length - 1; index >= 0 && left.length > 1; index -= 1) {
    const layer = entered[index];
    const through = left.filter(({ mount }) => layer !== undefined && mountsAbove(mount).includes(layer));
    if (through.length > 0) left = through;
  }
  return left;
}

/** A route of a router that only a function of the application knows: named below the mount of that function. */
function beyondSight(owner: Owner, way: Way): ResolvedRoute {
  const own = alone(owner);
  const layer = way.notes?.layer;
  const entry = layer === undefined || layer === owner ? undefined : entryFor(layer, way.index);
  if (entry === undefined || own === unmatched) return own;
  const mount = entry.fixed ?? placeByPath(entry.places, way);
  if (mount === unmatched) return own;
  return { template: joinTemplates(mount.template, own.template === '/' ? '' : own.template), catchAll: own.catchAll };
}

/** A route without the mounts above it. */
function alone(owner: Owner): ResolvedRoute {
  if (!isRoute(owner)) return unmatched;
  const own = flattenPath(owner.path).map(templateOfPath).join('|');
  return { template: joinTemplates('', own), catchAll: own !== '' && matchesEverything(own) };
}

/**
 * The route that an automatic answer to OPTIONS speaks of: the first that matches in the router that is left first, as that
 * one answers. Routes come in the order of the tree, so it is left once a route comes that is not below its mount.
 */
function routeWithPath(index: RouteIndex, request: RequestLike): ResolvedRoute | undefined {
  const path = pathnameOf(request.originalUrl ?? request.url ?? '/');
  let found: { readonly route: ResolvedRoute; readonly mount: Mount | undefined } | undefined;
  for (const { owner, place } of index.placed) {
    if (found !== undefined && !isBelow(place.mount, found.mount)) break;
    if (!isRoute(owner) || handlesOptions(owner) || (found !== undefined && place.mount === found.mount)) continue;
    const route = templateAt(place, path);
    if (route !== undefined) found = { route, mount: place.mount };
  }
  return found && intern(index, found.route);
}

/** Express answers with the methods, as header and as body: a handler's own answer hardly looks like that. */
function isAutomatic(response: ServerResponse): boolean {
  if (!response.headersSent || response.statusCode !== 200) return false;
  const allow = response.getHeader('allow');
  return typeof allow === 'string' && Number(response.getHeader('content-length')) === allow.length;
}

function handlesOptions(owner: Owner | undefined): boolean {
  return isRoute(owner) && (owner.methods['_all'] ?? owner.methods['options']) === true;
}

function isRoute(owner: Owner | undefined): owner is RouteLike {
  return owner !== undefined && 'methods' in owner;
}
