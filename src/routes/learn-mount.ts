/** router 2.0 to 2.2 keeps of a mount path only a closure: the path is learned by asking it about a path it matched. */
import type { MatcherLike } from './express-shapes.ts';

/** Stands for a value of a parameter; no application has such a path. */
const stand = (index: number): string => `telltale${index}stand`;

/**
 * The mount path behind a matcher, from a concrete path that it matches: `/t/77` gives `/t/:tid`. Literal text is spelled
 * as in the concrete path. Undefined where the matcher will not tell (a RegExp with text that varies).
 */
export function learnMountPath(matcher: MatcherLike, concrete: string): string | undefined {
  const matched = matcher(concrete);
  if (matched === false) return undefined;
  let text = matched.path.replace(/\/$/, '');
  const names = Object.entries(matched.params);
  for (const [index, [name, value]] of names.entries()) {
    const found = substitute(matcher, text, { name, value, index });
    if (found === undefined) return undefined;
    text = found;
  }
  if (variesInText(matcher, text)) return undefined;
  for (const [index, [name, value]] of names.entries()) {
    text = text.replace(stand(index), `${Array.isArray(value) ? '*' : ':'}${name}`);
  }
  return text;
}

interface Parameter {
  readonly name: string;
  readonly value: unknown;
  readonly index: number;
}

/** Puts the stand-in where the matcher then reads it back as this parameter's value. */
function substitute(matcher: MatcherLike, text: string, parameter: Parameter): string | undefined {
  const token = stand(parameter.index);
  for (const spelling of spellings(parameter.value)) {
    for (let at = text.indexOf(spelling); at !== -1; at = text.indexOf(spelling, at + 1)) {
      const probe = text.slice(0, at) + token + text.slice(at + spelling.length);
      const matched = matcher(probe);
      if (matched === false || matched.path !== probe) continue;
      if (String((matched.params as Record<string, unknown>)[parameter.name]) === token) return probe;
    }
  }
  return undefined;
}

/** A value as it may stand in the URL: as decoded, or encoded. A wildcard's value is a list of segments. */
function spellings(value: unknown): readonly string[] {
  const parts = (Array.isArray(value) ? value : [value]).map(String);
  const all = [parts.join('/'), parts.map((part) => encodeURIComponent(part)).join('/')];
  return all.filter((spelling) => spelling !== '');
}

/** True where more text is taken for the same mount: then the text at hand is a value, not a literal. */
function variesInText(matcher: MatcherLike, text: string): boolean {
  const segments = text.split('/').slice(1);
  return segments.some((segment, index) => {
    if (/telltale\d+stand/.test(segment)) return false;
    const probe = `/${segments.with(index, `${segment}x`).join('/')}`;
    const matched = matcher(probe);
    return matched !== false && matched.path === probe;
  });
}
