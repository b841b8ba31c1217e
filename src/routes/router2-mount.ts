/** router 2.0 to 2.2 keeps of a mount path only the RegExp and the parameters made from it: this reads the path back. */
import { variablesOf } from './closure-variables.ts';
import type { MatcherLike } from './express-shapes.ts';
import { templateOfPath } from './path-text.ts';
import { alternativesOf, closingParenthesis } from './regexp-source.ts';

/** One path behind a matcher. */
export interface ReadPath {
  readonly template: string;
  /** What it matches at the start of a path. */
  readonly regexp: RegExp;
}

interface Key {
  readonly type: string;
  readonly name: string;
}

/** What path-to-regexp 8 puts around the paths of a mount: `^(?:` and `)(?:\/$)?(?=\/|$)`. */
const around = /^\^\(\?:(?<paths>.*)\)(?<ending>\(\?:\\\/\$\)\?\(\?=\\\/\|\$\))$/s;

/** The paths that a matcher was made from; undefined where its closure cannot be read. */
export function readMountPaths(matcher: MatcherLike): readonly ReadPath[] | undefined {
  const { regexp, keys, _path: own } = variablesOf(matcher);
  if (own instanceof RegExp) return [{ template: templateOfPath(own), regexp: own }];
  if (!(regexp instanceof RegExp) || !isKeys(keys)) return undefined;
  const { paths, ending = '' } = around.exec(regexp.source)?.groups ?? {};
  if (paths === undefined) return undefined;
  const texts = textsOf(alternativesOf(paths), keys);
  const optional = texts.length === 2 ? withOptionalPart(texts[0] ?? '', texts[1] ?? '') : undefined;
  if (optional !== undefined) return [{ template: templateOfPath(optional), regexp }];
  return alternativesOf(paths).map((source, index) => ({
    template: templateOfPath(texts[index] ?? ''),
    regexp: new RegExp(`^(?:${source})${ending}`, regexp.flags),
  }));
}

function isKeys(keys: unknown): keys is readonly Key[] {
  return Array.isArray(keys) && keys.every((key) => typeof (key as Partial<Key> | null)?.name === 'string');
}

function textsOf(sources: readonly string[], keys: readonly Key[]): readonly string[] {
  const left = [...keys];
  return sources.map((source) => textOf(source, left));
}

/** A source with its groups as parameters again: `\/t\/([^\/]+)` with the key `tid` is `/t/:tid`. */
function textOf(source: string, keys: Key[]): string {
  let text = '';
  for (let at = 0; at < source.length;) {
    if (source[at] === '(') {
      const key = keys.shift();
      at = closingParenthesis(source, at) + 1;
      text += key === undefined ? '' : parameterText(key, source.slice(at));
      continue;
    }
    if (source[at] === '\\') at += 1;
    text += escapeText(source.charAt(at));
    at += 1;
  }
  return text;
}

/** The name in quotes where it could not be told from what follows, as path-to-regexp wants it. */
function parameterText({ type, name }: Key, following: string): string {
  const plain =
    /^[$_\p{ID_Start}][$\u200c\u200d\p{ID_Continue}]*$/u.test(name) && !/^[$_\p{ID_Continue}]/u.test(following);
  return (type === 'wildcard' ? '*' : ':') + (plain ? name : JSON.stringify(name));
}

function escapeText(char: string): string {
  return /[{}()[\]+?!:*\\]/.test(char) ? `\\${char}` : char;
}

/** `/:lang/docs` and `/docs` are what is left of `{/:lang}/docs`. */
function withOptionalPart(long: string, short: string): string | undefined {
  let common = 0;
  while (common < short.length && long[common] === short[common]) common += 1;
  const length = long.length - short.length;
  const splits = Array.from({ length: common + 1 }, (_, index) => common - index)
    .map((at) => ({ before: long.slice(0, at), part: long.slice(at, at + length), after: long.slice(at + length) }))
    .filter(({ before, after }) => before + after === short);
  // `/a/a` and `/a` are `/a{/a}`, not `/{a/}a`.
  const found =
    splits.find(({ part }) => part.startsWith('/')) ?? splits.find(({ part }) => /^[^\p{L}\d_]/u.test(part));
  return found && `${found.before}{${found.part}}${found.after}`;
}
