/** The paths of a layer, whichever router made it: what each is called, and what it matches. */
import { readMountPath } from './express4-mount.ts';
import type { LayerLike, MatcherLike } from './express-shapes.ts';
import { learnMountPath } from './learn-mount.ts';
import { flattenPath, templateOfPath } from './path-text.ts';
import { alternativesOf, countGroups } from './regexp-source.ts';

/** One of the paths a layer was given. */
export interface LayerPath {
  /** Undefined until it is learned from a request (router 2.0 to 2.2, mounts only). */
  template: string | undefined;
  /** The part of a path that it matches; undefined when it does not. */
  match(path: string): string | undefined;
  /** Learns the template from a part that matched. */
  learn?(matched: string): string | undefined;
}

const matchAll: LayerPath = { template: '', match: () => '' };

/** What a layer answers to, in the order it tries. */
export function pathsOf(layer: LayerLike): readonly LayerPath[] {
  if (layer.slash === true || layer.regexp?.fast_slash === true) return [matchAll];
  if (layer.regexp !== undefined) return express4Paths(layer, layer.regexp);
  const raw = flattenPath(layer.rawPath ?? layer.route?.path ?? []);
  return (layer.matchers ?? []).map((matcher, index) => router2Path(matcher, raw[index]));
}

function router2Path(matcher: MatcherLike, raw: string | RegExp | undefined): LayerPath {
  const match = (path: string): string | undefined => {
    const matched = matcher(path);
    return matched === false ? undefined : matched.path;
  };
  if (raw !== undefined) return { template: templateOfPath(raw), match };
  return { template: undefined, match, learn: (matched) => learnMountPath(matcher, matched) };
}

function express4Paths(layer: LayerLike, regexp: RegExp): readonly LayerPath[] {
  const split = alternativesOf(regexp.source);
  const raw = layer.route === undefined ? mountTexts(split, layer) : flattenPath(layer.route.path);
  const sources = raw.length === split.length ? split : [regexp.source];
  const templates = raw.length === sources.length ? raw.map(templateOfPath) : [raw.map(templateOfPath).join('|')];
  const flags = regexp.flags.replace(/[gy]/g, '');
  return sources.map((source, index) => {
    const own = new RegExp(source, flags);
    return { template: templates[index], match: (path) => own.exec(path)?.[0] };
  });
}

/** An array of paths, or one: a RegExp of the application's with `|` in it does not end as path-to-regexp's do. */
function mountTexts(sources: readonly string[], layer: LayerLike): readonly string[] {
  if (!sources.every((source) => source.endsWith('$)'))) return [readMountPath(sources.join('|'), layer.keys ?? [])];
  let taken = 0;
  return sources.map((source) => {
    const keys = (layer.keys ?? []).slice(taken);
    taken += countGroups(source);
    return readMountPath(source, keys);
  });
}
