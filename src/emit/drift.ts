/** What a folder holds compared with what would be written to it. Reads, never writes. */
import { lstat, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { TelltaleError } from '../errors.ts';
import { type FileSet, isSafePath } from './file-set.ts';
import { generatedPaths, readmePath } from './generated-paths.ts';
import { canSayGenerated, saysGenerated } from './generated-notice.ts';

export interface Drift {
  /** Paths that are missing in the folder, sorted. */
  readonly added: readonly string[];
  /** Paths whose text differs. */
  readonly changed: readonly { readonly path: string; readonly before: string }[];
  /** Paths of an earlier run that are not made any more. */
  readonly removed: readonly { readonly path: string; readonly before: string }[];
  readonly unchanged: readonly string[];
}

/**
 * Compares. Only files that the folder's `monitoring/README.md` lists, and that still say that they were generated,
 * count as left over from an earlier run: anything else belongs to the user.
 * @throws TELLTALE_WRITE for a path outside the folder, or one that leads through a symbolic link
 */
export async function findDrift(files: FileSet, folder: string): Promise<Drift> {
  await refuseUnsafe(files, folder);
  const found = await Promise.all(
    [...files].map(async ([path, text]) => ({ path, text, before: await read(folder, path) })),
  );
  return {
    added: found.filter(({ before }) => before === undefined).map(({ path }) => path),
    changed: found.flatMap(({ path, text, before }) =>
      before === undefined || before === text ? [] : [{ path, before }],
    ),
    removed: await leftOver(files, folder),
    unchanged: found.filter(({ text, before }) => before === text).map(({ path }) => path),
  };
}

/** Whether the folder holds what would be written, and nothing of an earlier run. */
export function isClean({ added, changed, removed }: Drift): boolean {
  return added.length + changed.length + removed.length === 0;
}

async function refuseUnsafe(files: FileSet, folder: string): Promise<void> {
  const outside = [...files.keys()].filter((path) => !isSafePath(path));
  const links = await Promise.all(
    [...placesOf(files)].map(async (place) => ((await isLink(folder, place)) ? [place] : [])),
  );
  const problems = [
    ...outside.map((path) => `Cannot write "${path}" as it is outside the output folder: paths are relative and plain`),
    ...links
      .flat()
      .map(
        (path) =>
          `Cannot write to "${join(folder, path)}" as it is a symbolic link: files must be in the folder itself`,
      ),
  ];
  if (problems.length === 0) return;
  throw new TelltaleError('TELLTALE_WRITE', problems.join('\n'), { fix: 'replace the link by a folder or a file' });
}

/** Every file and every folder above it, as far as the output folder. */
function placesOf(files: FileSet): Set<string> {
  const places = new Set<string>();
  for (const path of files.keys()) {
    for (let place = path; place !== '.' && isSafePath(place); place = dirname(place)) places.add(place);
  }
  return places;
}

async function isLink(folder: string, path: string): Promise<boolean> {
  return (await orUndefined(lstat(join(folder, path))))?.isSymbolicLink() ?? false;
}

async function leftOver(files: FileSet, folder: string): Promise<Drift['removed']> {
  const recorded = generatedPaths((await read(folder, readmePath)) ?? '');
  const gone = recorded.filter((path) => !files.has(path) && isSafePath(path));
  const found = await Promise.all(
    gone.map(async (path) => ({ path, before: (await isLink(folder, path)) ? undefined : await read(folder, path) })),
  );
  return found.flatMap(({ path, before }) =>
    before !== undefined && (saysGenerated(before) || !canSayGenerated(path)) ? [{ path, before }] : [],
  );
}

async function read(folder: string, path: string): Promise<string | undefined> {
  return orUndefined(readFile(join(folder, path), 'utf8'));
}

/** What is not there is `undefined`; other failures are the caller's to see. */
async function orUndefined<T>(promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
