/** The record of what a run made: the table of files in `monitoring/README.md`. */
import { generatedMarker } from './generated-notice.ts';
import { codeSpan, markdownTable } from './markdown.ts';

export const readmePath = 'monitoring/README.md';

/** The table: each path in backticks, and what to edit instead. */
export function generatedTable(files: readonly { readonly path: string; readonly edit: string }[]): string {
  return markdownTable(
    ['File', 'Edit instead'],
    files.map(({ path, edit }) => [codeSpan(path), edit]),
  );
}

/** The paths that such a table lists. */
export function generatedPaths(readme: string): string[] {
  if (!readme.includes(generatedMarker)) return [];
  return [...readme.matchAll(/^\| `([^`]+)` +\|/gm)].flatMap(([, path]) => (path === undefined ? [] : [path]));
}
