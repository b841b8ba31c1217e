/** The cache of unpacked packages: one folder per package, which appears whole or not at all. */
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { TelltaleError } from '../../src/errors.ts';
import { runCommand } from '../process/run-command.ts';
import { relocate } from './relocate.ts';

/** Where an unpacked package's programs are, and what they must be run with. */
export interface Unpacked {
  /** e.g. `Debian forky`. */
  readonly origin: string;
  readonly folders: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

interface Note {
  readonly origin: string;
  /** Relative to the package's folder. */
  readonly libraryFolders: readonly string[];
}

const programFolders: readonly string[] = ['usr/bin', 'usr/sbin', 'usr/libexec/docker/cli-plugins'];
const noteFile = 'telltale.json';

/** What the cache holds of a package, if anything. */
export async function readUnpacked(cacheFolder: string, packageName: string): Promise<Unpacked | undefined> {
  const root = join(cacheFolder, packageName);
  try {
    return describe(root, JSON.parse(await readFile(join(root, noteFile), 'utf8')) as Note);
  } catch {
    return undefined;
  }
}

/** An unpacked package that is not in the cache yet: to be tried, then kept or thrown away. */
export interface Candidate extends Unpacked {
  keep(): Promise<void>;
  discard(): Promise<void>;
}

export interface UnpackOptions {
  readonly origin: string;
  /** Make its programs look for shared libraries among its files. */
  readonly withLibraries: boolean;
  /** A folder of its data whose absolute path is built into its programs. */
  readonly dataFolder: string | undefined;
}

/** Unpacks a package's files beside the cache. */
export async function unpackCandidate(
  cacheFolder: string,
  packageName: string,
  files: readonly string[],
  options: UnpackOptions,
): Promise<Candidate> {
  await mkdir(cacheFolder, { recursive: true });
  const root = await mkdtemp(join(cacheFolder, `.new-${packageName}-`));
  for (const file of files) await extract(file, root);
  if (options.dataFolder !== undefined) await relocate(root, options.dataFolder);
  const libraryFolders = options.withLibraries ? await foldersWithLibraries(root) : [];
  const note: Note = { origin: options.origin, libraryFolders };
  await writeFile(join(root, noteFile), `${JSON.stringify(note, undefined, 2)}\n`);
  return {
    ...describe(root, note),
    keep: () => replaceFolder(root, join(cacheFolder, packageName)),
    discard: () => rm(root, { recursive: true, force: true }),
  };
}

async function extract(file: string, root: string): Promise<void> {
  const { code, output } = await runCommand('dpkg', ['-x', file, root]);
  if (code !== 0) throw new TelltaleError('TELLTALE_SERVER', `Cannot unpack ${file} into ${root}: ${output.trim()}`);
}

async function replaceFolder(from: string, to: string): Promise<void> {
  const aside = `${from}.old`;
  const hadOne = await rename(to, aside).then(
    () => true,
    () => false,
  );
  await rename(from, to);
  if (hadOne) await rm(aside, { recursive: true, force: true });
}

function describe(root: string, note: Note): Unpacked {
  const libraries = note.libraryFolders.map((folder) => join(root, folder)).join(':');
  return {
    origin: note.origin,
    folders: programFolders.map((folder) => join(root, folder)),
    env: libraries === '' ? {} : { LD_LIBRARY_PATH: libraries },
  };
}

async function foldersWithLibraries(root: string): Promise<readonly string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const libraries = entries.filter((entry) => !entry.isDirectory() && /\.so(\.\d+)*$/.test(entry.name));
  const folders = libraries.map((entry) => relative(root, entry.parentPath));
  return [...new Set(folders)].sort((a, b) => a.split('/').length - b.split('/').length);
}
