/** Drift as text: one line per file, and what changed in each. */
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import type { Drift } from './drift.ts';
import type { FileSet } from './file-set.ts';

/** A unified diff from what the folder holds to what would be written, as `git diff` prints it. */
export function unifiedDiff(files: FileSet, { added, changed, removed }: Drift): string {
  const patches = [
    ...added.map((path) => ({ path, from: '/dev/null', to: `b/${path}`, before: '', after: files.get(path) ?? '' })),
    ...changed.map(({ path, before }) => ({
      path,
      from: `a/${path}`,
      to: `b/${path}`,
      before,
      after: files.get(path) ?? '',
    })),
    ...removed.map(({ path, before }) => ({ path, from: `a/${path}`, to: '/dev/null', before, after: '' })),
  ];
  return patches
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ from, to, before, after }) => createTwoFilesPatch(from, to, before, after, undefined, undefined, options))
    .join('');
}

const options = { context: 3, headerOptions: FILE_HEADERS_ONLY };
