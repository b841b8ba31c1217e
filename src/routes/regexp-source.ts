/** The little that must be known of a RegExp's source to take it apart. */

/** Where the group that opens at `open` closes; the end of the source when it does not. */
export function closingParenthesis(source: string, open: number): number {
  let depth = 0;
  for (const { char, at } of significant(source, open)) {
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    if (depth === 0) return at;
  }
  return source.length - 1;
}

/** The alternatives of a source that was joined with `|`, by older versions of Express inside a group. */
export function alternativesOf(joined: string): readonly string[] {
  const isGroup = joined.startsWith('(?:^') && closingParenthesis(joined, 0) === joined.length - 1;
  const source = isGroup ? joined.slice('(?:'.length, -1) : joined;
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { char, at } of significant(source, 0)) {
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    if (char !== '|' || depth > 0) continue;
    parts.push(source.slice(start, at));
    start = at + 1;
  }
  return [...parts, source.slice(start)];
}

/** How many groups a source captures. */
export function countGroups(source: string): number {
  return (new RegExp(`${source}|`).exec('')?.length ?? 1) - 1;
}

/** The characters that are neither escaped nor inside a class. */
function* significant(source: string, from: number): Generator<{ readonly char: string; readonly at: number }> {
  let inClass = false;
  for (let at = from; at < source.length; at += 1) {
    const char = source.charAt(at);
    if (char === '\\') at += 1;
    else if (char === '[') inClass = true;
    else if (char === ']') inClass = false;
    else if (!inClass) yield { char, at };
  }
}
