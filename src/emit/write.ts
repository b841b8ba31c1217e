/** The single writer of generated files. */
import { mkdir, readdir, rename, rm, rmdir, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { TelltaleError } from '../errors.ts';
import { type Drift, findDrift } from './drift.ts';
import type { FileSet } from './file-set.ts';

/**
 * Makes a folder hold a file set. New texts are written beside the old ones first and then put in their place by
 * renaming, so that a folder that cannot be written to is found before anything changes. Files that no earlier run made
 * are left alone.
 * @param folder made when it does not exist
 * @returns what was different before
 * @throws TELLTALE_WRITE for a path outside the folder, a symbolic link in the way, or a folder that cannot be written to
 */
export async function writeFiles(files: FileSet, folder: string): Promise<Drift> {
  const drift = await findDrift(files, folder);
  const paths = [...drift.added, ...drift.changed.map(({ path }) => path)];
  const staged: Staged = { texts: [], folders: [] };
  try {
    for (const path of paths) await stage(files.get(path) ?? '', join(folder, path), staged);
  } catch (error) {
    await unstage(staged);
    throw cannotWrite(folder, error, 'nothing was changed');
  }
  try {
    for (const { draft, target } of staged.texts) await rename(draft, target);
    for (const { path } of drift.removed) await unlink(join(folder, path));
  } catch (error) {
    await unstage(staged);
    throw cannotWrite(folder, error, 'some files were replaced already');
  }
  return drift;
}

interface Staged {
  readonly texts: { readonly draft: string; readonly target: string }[];
  /** Folders that were made for them, outermost first. */
  readonly folders: string[];
}

async function stage(text: string, target: string, staged: Staged): Promise<void> {
  const made = await mkdir(dirname(target), { recursive: true });
  if (made !== undefined) staged.folders.push(made);
  const draft = `${target}.telltale-draft`;
  staged.texts.push({ draft, target });
  await rm(draft, { force: true });
  await writeFile(draft, text, { flag: 'wx', mode: 0o644 });
}

/** Drafts that are in place already have no draft any more; folders that were made are empty, or hold files in place. */
async function unstage({ texts, folders }: Staged): Promise<void> {
  for (const { draft } of texts) await rm(draft, { force: true }).catch(() => {});
  for (const folder of folders.toReversed()) await removeEmpty(folder);
}

async function removeEmpty(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) if (entry.isDirectory()) await removeEmpty(join(folder, entry.name));
  await rmdir(folder).catch(() => {});
}

function cannotWrite(folder: string, cause: unknown, state: string): TelltaleError {
  const { code = 'unknown', path = folder } = cause as NodeJS.ErrnoException;
  const message = `Cannot write the pack to "${folder}" as "${path}" answers ${code}: ${state}`;
  return new TelltaleError('TELLTALE_WRITE', message, {
    fix: 'make the folder writable, or choose another one with --out',
    cause,
  });
}
