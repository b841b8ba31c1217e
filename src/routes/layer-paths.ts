/** The paths of a layer, whichever router made it: what each is called, and what it matches. */
import { isPathSource, readMountPath } from './express4-mount.ts';
import type { LayerLike, MatcherLike, RawPath } from './express-shapes.ts';
import { learnMountPath } from './learn-mount.ts';
import { flattenPath, templateOfPath } from './path-text.ts';
import { alternativesOf, countGroups } from './regexp-source.ts';
import { readMountPaths } from './router2-mount.ts';

/** One of the paths a layer was given. */
export interface LayerPath {
  /** Undefined until it is learned from a request (mounts of router 2.0 to 2.2 where Node has no inspector). */
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
  const given = layer.rawPath ?? layer.route?.path;
  const raw = Array.isArray(given) ? (given as readonly RawPath[]) : [given];
  return (layer.matchers ?? []).flatMap((matcher, index) => router2Paths(matcher, raw[index]));
}

/** An array in an array is one matcher of router 2.0 to 2.2. */
function router2Paths(matcher: MatcherLike, raw: RawPath | undefined): readonly LayerPath[] {
  const match = (path: string): string | undefined => {
    const matched = matcher(path);
    return matched === false ? undefined : matched.path;
  };
  if (typeof raw === 'string') return [{ template: templateOfPath(raw), match }];
  if (raw instanceof RegExp) return [regExpPath(raw, templateOfPath(raw))];
  const read = readMountPaths(matcher)?.map(({ template, regexp }) => regExpPath(regexp, template));
  return read ?? [{ template: undefined, match, learn: (matched) => learnMountPath(matcher, matched) }];
}

function express4Paths(layer: LayerLike, regexp: RegExp): readonly LayerPath[] {
  const split = alternativesOf(regexp.source);
  const raw = layer.route === undefined ? mountTexts(split, layer) : flattenPath(layer.route.path);
  const sources = raw.length === split.length ? split : [regexp.source];
  const templates = raw.length === sources.length ? raw.map(templateOfPath) : [raw.map(templateOfPath).join('|')];
  return sources.map((source, index) => regExpPath(new RegExp(source, regexp.flags), templates[index]));
}

/** With a RegExp of its own, as one with the flags `g` or `y` remembers where it was used last. */
function regExpPath({ source, flags }: RegExp, template: string | undefined): LayerPath {
  const own = new RegExp(source, flags.replace(/[gy]/g, ''));
  return { template, match: (path) => own.exec(path)?.[0] };
}

/**
 * An array of paths, or one. A RegExp of the application's with `|` in it does not end as path-to-regexp's do; where each
 * alternative is anchored it may as well have been an array.
 */
function mountTexts(sources: readonly string[], layer: LayerLike): readonly string[] {
  const keys = layer.keys ?? [];
  const isArray = sources.some(isPathSource) || sources.every((source) => source.startsWith('^'));
  if (!isArray) return [readMountPath(sources.join('|'), keys)];
  let taken = 0;
  return sources.map((source) => {
    const own = keys.slice(taken);
    taken += countGroups(source);
    return readMountPath(source, own);
  });
}
