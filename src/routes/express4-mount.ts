/** Express 4 keeps of a mount path only the RegExp and the parameter names made from it: this reads the path back. */
import { templateOfPath } from './path-text.ts';
import { closingParenthesis } from './regexp-source.ts';

type Keys = readonly { readonly name: string | number }[];

/** What path-to-regexp 0.1 appends to a path that may go on below. */
const ending = /(?:\\?\/\?)?\(\?=\\?\/\|\$\)$/;

/** True for what path-to-regexp made of a path, and not for a RegExp of the application's. */
export function isPathSource(source: string): boolean {
  return ending.test(source);
}

/**
 * The mount path that a RegExp was made from: `^\/t(?:\/([^/]+?))\/?(?=\/|$)` with the key `tid` is `/t/:tid`.
 * Where the mount was given as a RegExp, that one's source.
 */
export function readMountPath(source: string, keys: Keys): string {
  if (!isPathSource(source)) return templateOfPath(new RegExp(source));
  const body = source.replace(ending, '').replace(/^\^/, '');
  let text = '';
  let key = 0;
  for (let at = 0; at < body.length;) {
    const end = body[at] === '(' ? closingParenthesis(body, at) + 1 : at + (body[at] === '\\' ? 2 : 1);
    const piece = body.slice(at, end);
    if (piece.startsWith('(')) {
      text += groupText(piece, keys[key]?.name ?? key);
      key += 1 + (piece.includes('.+?)?)') ? 1 : 0);
    } else text += piece.replace(/^\\/, '');
    at = end;
  }
  return templateOfPath(text);
}

/** `(?:\/([^/]+?))` is `/:name`, `(.*)` is `*`; another group stays as it was written. */
function groupText(group: string, name: string | number): string {
  if (group === '(.*)') return '*';
  const parameter = /^\(\?:(\\\.)?(\\?\/)?(\(.*)\)$/s.exec(group);
  if (parameter === null) return group;
  const [, dot, slash, captures = ''] = parameter;
  const capture = captures.slice(0, closingParenthesis(captures, 0) + 1);
  const star = capture === captures ? '' : '*';
  return `${dot === undefined ? '' : '.'}${slash === undefined ? '' : '/'}:${name}${ownPattern(capture)}${star}`;
}

/** The pattern a parameter was given, such as `(\d+)`; nothing for those that path-to-regexp gives by itself. */
function ownPattern(capture: string): string {
  return capture.startsWith('([^') || capture.startsWith('((?:(?!') ? '' : capture;
}
