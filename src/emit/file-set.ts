/** What a run makes: paths relative to the output folder, with `/`, and the text of each. */
import { TelltaleError } from '../errors.ts';

export type FileSet = ReadonlyMap<string, string>;

/** Segments of letters, digits, dots, hyphens and underscores; no segment is `.` or `..`. */
const segment = /^(?!\.{1,2}$)[\w.-]+$/;

/** Whether a path stays inside the folder it is relative to, on every file system. */
export function isSafePath(path: string): boolean {
  return path.split('/').every((part) => segment.test(part));
}

/** Joins file sets, sorted by path. Two files of the same path are a mistake of ours: it throws. */
export function joinFileSets(...sets: readonly FileSet[]): FileSet {
  const joined = new Map<string, string>();
  for (const [path, text] of sets.flatMap((set) => [...set])) {
    if (joined.has(path)) throw emittedTwice(path);
    joined.set(path, text);
  }
  return new Map([...joined].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function emittedTwice(path: string): TelltaleError {
  return new TelltaleError('TELLTALE_WRITE', `Cannot emit "${path}" as it is emitted twice: paths must be unique`, {
    fix: 'give one of the two another name',
  });
}
