/** Writes the secrets of a stack that can be made up. The only other place that writes: never replaces anything. */
import { randomBytes } from 'node:crypto';
import { chmod, lstat, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TelltaleError } from '../errors.ts';
import { type Secret, secretsFolder } from '../stack/secrets.ts';

export interface WrittenSecrets {
  readonly written: readonly string[];
  /** Files that were there already. */
  readonly kept: readonly string[];
  /** Files that only the user can write, and that are not there. */
  readonly missing: readonly Secret[];
}

/** Bytes of a random secret: 43 letters, digits, hyphens and underscores. */
const randomLength = 32;

/**
 * Compose mounts a secret as the file is on the host: the folder is for its owner only, so that nobody else on the host
 * gets at the files, and the files are readable to whichever user a container runs as.
 * @param folder the output folder
 * @throws TELLTALE_WRITE when the folder cannot be made, or is a symbolic link
 */
export async function writeSecrets(secrets: readonly Secret[], folder: string): Promise<WrittenSecrets> {
  const target = join(folder, secretsFolder);
  try {
    await makeFolder(target);
    await writeNew(join(target, '.gitignore'), '*\n', 0o644);
    const results: { readonly secret: Secret; readonly outcome: Outcome }[] = [];
    for (const secret of secrets) results.push({ secret, outcome: await ensure(secret, join(target, secret.file)) });
    const having = (wanted: Outcome): readonly Secret[] =>
      results.filter(({ outcome }) => outcome === wanted).map(({ secret }) => secret);
    const files = (wanted: Outcome): readonly string[] => having(wanted).map(({ file }) => file);
    return { written: files('written'), kept: files('kept'), missing: having('missing') };
  } catch (cause) {
    const { code = 'unknown', path = target } = cause as NodeJS.ErrnoException;
    if (code.startsWith('TELLTALE_')) throw cause;
    const message = `Cannot write secrets to "${target}" as "${path}" answers ${code}`;
    throw new TelltaleError('TELLTALE_WRITE', message, { fix: 'make the folder writable', cause });
  }
}

type Outcome = 'written' | 'kept' | 'missing';

async function ensure({ origin }: Secret, path: string): Promise<Outcome> {
  if (origin === 'given') return (await exists(path)) ? 'kept' : 'missing';
  return (await writeNew(path, textOf(origin), 0o444)) ? 'written' : 'kept';
}

async function makeFolder(target: string): Promise<void> {
  await mkdir(target, { recursive: true, mode: 0o700 });
  if ((await lstat(target)).isSymbolicLink())
    throw new TelltaleError('TELLTALE_WRITE', `Cannot write secrets to "${target}" as it is a symbolic link`, {
      fix: 'replace the link by a folder',
    });
  await chmod(target, 0o700);
}

function textOf(origin: 'random' | { readonly text: string }): string {
  return origin === 'random' ? randomBytes(randomLength).toString('base64url') : origin.text;
}

/** Whether it was written: an existing file, or a link of that name, stays as it is. */
async function writeNew(path: string, text: string, mode: number): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: 'wx', mode });
    await chmod(path, mode);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch {
    return false;
  }
}
