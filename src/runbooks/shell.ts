/** Shell commands as text around expressions and values: a value is quoted, a query is rendered when the page is. */
import type { Expression } from '../promql/expression.ts';
import type { RenderContext } from '../promql/render-context.ts';

export type ScriptPart = string | Expression;

/** Bash text; expressions become single-quoted words. */
export interface Script {
  readonly parts: readonly ScriptPart[];
}

type ScriptValue = string | number | Expression | Script;

/**
 * Bash. Strings are quoted as one word, numbers and scripts stand as they are, expressions are quoted when rendered.
 * Backslashes stay; only `\${` and an escaped backtick lose theirs.
 * @example sh`promtool query instant ${url} ${expression}`
 */
export function sh(text: TemplateStringsArray, ...values: readonly ScriptValue[]): Script {
  const parts = text.raw.flatMap((piece, index): ScriptPart[] => [
    piece.replaceAll('\\${', '${').replaceAll('\\`', '`'),
    ...toParts(values[index]),
  ]);
  return { parts };
}

export function renderScript(script: Script, context: RenderContext): string {
  const text = script.parts
    .map((part) => (typeof part === 'string' ? part : quoteShell(part.render(context))))
    .join('');
  return unindent(text);
}

/** The queries inside a script. */
export function expressionsOf(script: Script): Expression[] {
  return script.parts.filter((part): part is Expression => typeof part !== 'string');
}

/** A value as one word of a POSIX shell; plain words stay as they are. */
export function quoteShell(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}

function toParts(value: ScriptValue | undefined): readonly ScriptPart[] {
  if (value === undefined) return [];
  if (typeof value === 'string') return [quoteShell(value)];
  if (typeof value === 'number') return [String(value)];
  return 'parts' in value ? value.parts : [value];
}

/** Drops the indentation that a template literal has in the source. */
function unindent(text: string): string {
  const lines = text.replace(/^\n/, '').trimEnd().split('\n');
  const depths = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  const depth = Math.min(...depths);
  return lines.map((line) => line.slice(Number.isFinite(depth) ? depth : 0)).join('\n');
}
