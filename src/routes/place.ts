/** Where a route or middleware stands in the tree of routers: the mounts above it and its own paths. */
import type { LayerLike } from './express-shapes.ts';
import type { LayerPath } from './layer-paths.ts';
import { joinTemplates, matchesEverything } from './path-text.ts';
import { type ResolvedRoute, unmatched } from './resolved-route.ts';

/** A mount: the paths of a layer that leads into another router. */
export interface Mount {
  readonly parent: Mount | undefined;
  readonly layer: LayerLike;
  readonly paths: readonly LayerPath[];
}

export interface Place {
  readonly kind: 'route' | 'middleware';
  readonly mount: Mount | undefined;
  readonly paths: readonly LayerPath[];
  /** Middleware behind the last route of its router: what is left for a "not found" handler. */
  readonly last: boolean;
}

/** The one template of a place, whatever the URL; undefined where only the URL can tell. */
export function fixedTemplate(place: Place): ResolvedRoute | undefined {
  const levels = [...levelsAbove(place.mount), place.paths];
  const texts = levels.map((paths) => (paths.length === 1 ? paths[0]?.template : undefined));
  return texts.every((text) => text !== undefined)
    ? describe(place, texts.slice(0, -1).join(''), texts.at(-1))
    : undefined;
}

/** The template of a place for this path; undefined when the path does not lead there. */
export function templateAt(place: Place, path: string): ResolvedRoute | undefined {
  let rest = path;
  let base = '';
  for (const paths of levelsAbove(place.mount)) {
    const step = firstMatch(paths, rest);
    if (step === undefined) return undefined;
    rest = step.rest;
    base += step.template;
  }
  const own = firstMatch(place.paths, rest);
  return own === undefined ? undefined : describe(place, base, own.template);
}

/** Every template a place can have; a mount that has not been learned yet is `/(mount)`. */
export function allTemplates(place: Place): readonly string[] {
  const levels = [...levelsAbove(place.mount), place.paths];
  const texts = levels.map((paths) => paths.map((path) => path.template ?? '/(mount)'));
  return texts
    .reduce<readonly string[]>((bases, owns) => bases.flatMap((base) => owns.map((own) => base + own)), [''])
    .map((text) => joinTemplates(text, ''));
}

/** The layers that lead to a place, from the root. */
export function mountsAbove(mount: Mount | undefined): readonly LayerLike[] {
  return mount === undefined ? [] : [...mountsAbove(mount.parent), mount.layer];
}

/** True for the mount itself, and for what is mounted in it; everything is below the root. */
export function isBelow(mount: Mount | undefined, above: Mount | undefined): boolean {
  return mount === above || (mount === undefined ? false : isBelow(mount.parent, above));
}

function describe(place: Place, base: string, own = ''): ResolvedRoute {
  const everything = matchesEverything(own);
  if (place.kind === 'route') return { template: joinTemplates(base, own), catchAll: everything && own !== '' };
  if (!everything) return { template: joinTemplates(base, own), catchAll: false };
  return base === '' ? unmatched : { template: base, catchAll: place.last };
}

function levelsAbove(mount: Mount | undefined): readonly (readonly LayerPath[])[] {
  return mount === undefined ? [] : [...levelsAbove(mount.parent), mount.paths];
}

interface Step {
  readonly template: string;
  readonly rest: string;
}

/** Where the first path that matches ends within a segment, Express passes the whole layer by. */
function firstMatch(paths: readonly LayerPath[], rest: string): Step | undefined {
  for (const path of paths) {
    const matched = safeMatch(path, rest);
    if (matched === undefined) continue;
    const left = rest.slice(matched.length);
    if (matched !== '' && !isBoundary(left)) return undefined;
    path.template ??= path.learn?.(matched);
    return { template: path.template ?? '/*', rest: left.startsWith('/') ? left : `/${left}` };
  }
  return undefined;
}

/** Express 4 takes a dot for one too. */
function isBoundary(left: string): boolean {
  return left === '' || left.startsWith('/') || left.startsWith('.');
}

/** A malformed escape in the URL makes a matcher throw. */
function safeMatch(path: LayerPath, rest: string): string | undefined {
  try {
    return path.match(rest);
  } catch {
    return undefined;
  }
}
