/** The kind of an SQL statement, from its first keyword. The text itself never leaves this file. */
import type { sqlOperation as sqlOperationLabel } from '../../catalog/labels.ts';

export type SqlOperation = (typeof sqlOperationLabel)['values'][number];

const keywordsOf: Readonly<Record<Exclude<SqlOperation, 'other'>, readonly string[]>> = {
  select: ['select', 'values', 'table'],
  insert: ['insert'],
  update: ['update'],
  delete: ['delete'],
  transaction: ['begin', 'start', 'commit', 'end', 'rollback', 'abort', 'savepoint', 'release'],
  ddl: ['create', 'alter', 'drop', 'truncate', 'comment', 'grant', 'revoke'],
};

const operationsByKeyword: ReadonlyMap<string, string> = new Map(
  Object.entries(keywordsOf).flatMap(([operation, keywords]) => keywords.map((word) => [word, operation] as const)),
);

/** Main verbs that can follow the common table expressions of a WITH. */
const mainVerbs: ReadonlySet<string> = new Set(['select', 'values', 'table', 'insert', 'update', 'delete', 'merge']);

/** A main verb further into a WITH statement than this is not looked for. */
const scannedCharacters = 2_000;

const leadingNoise = /^(?:[\s(;]+|--[^\n]*(?:\n|$)|\/\*[^]*?\*\/)*/;
const keyword = /^[a-z]+/i;
/** Quoted text, comments, parentheses and words, in the order in which they must be tried. */
const tokens = /'(?:[^']|'')*'|"(?:[^"]|"")*"|(\$\w*\$)[^]*?\1|--[^\n]*|\/\*[^]*?\*\/|[()]|[a-z_]\w*/gi;

/** `other` for whatever is not a statement of a known kind. */
export function operationOf(sql: unknown): SqlOperation {
  if (typeof sql !== 'string') return 'other';
  const head = sql.slice(0, scannedCharacters);
  const statement = head.slice(leadingNoise.exec(head)?.[0].length ?? 0);
  const first = keyword.exec(statement)?.[0].toLowerCase() ?? '';
  const verb = first === 'with' ? mainVerb(statement) : first;
  return (operationsByKeyword.get(verb) ?? 'other') as SqlOperation;
}

/** The verb outside all parentheses of a WITH statement. */
function mainVerb(statement: string): string {
  let depth = 0;
  for (const [token] of statement.matchAll(tokens)) {
    if (token === '(') depth += 1;
    else if (token === ')') depth -= 1;
    else if (depth === 0 && mainVerbs.has(token.toLowerCase())) return token.toLowerCase();
  }
  return '';
}
