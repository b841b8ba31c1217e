/** What a request asks for. Its target is taken apart as text: resolving it as a URL would let it name another host. */

export interface Target {
  /** Decoded; begins with one "/", has no dot segment, backslash or control character in it. */
  readonly path: string;
  /** Without "?". */
  readonly query: string;
}

/** @returns undefined for what is no plain path: another host's address, dot segments, broken encoding */
export function targetOf(text: string): Target | undefined {
  const [raw = '', ...rest] = text.split('?');
  const path = decode(raw);
  if (path === undefined || !path.startsWith('/') || /[\\\p{Cc}#]/u.test(path)) return undefined;
  if (path.split('/').some((segment) => segment === '..' || segment === '.')) return undefined;
  return path.includes('//') ? undefined : { path, query: rest.join('?') };
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
