/**
 * Debian builds some programs to read files from a fixed folder, e.g. Alertmanager its default templates from
 * `/usr/share`. Unpacked elsewhere they would not find them, and nothing may be installed system-wide. So the path inside
 * our copy of the program is replaced, byte for byte, by that of file descriptor 3, and a wrapper opens the unpacked
 * folder as just that: the program can then be run from any folder, by any user, in any working directory.
 */
import { chmod, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TelltaleError } from '../../src/errors.ts';

const descriptorPath = '/proc/self/fd/3';

/** Makes the programs in `root`/usr/bin find the unpacked copy of `dataFolder`, an absolute path. */
export async function relocate(root: string, dataFolder: string): Promise<void> {
  if (dataFolder.length < descriptorPath.length) {
    throw new TelltaleError(
      'TELLTALE_SERVER',
      `Cannot relocate ${dataFolder} as its path is shorter than ${descriptorPath}`,
    );
  }
  const programs = join(root, 'usr/bin');
  for (const name of await readdir(programs)) {
    const path = join(programs, name);
    const bytes = await readFile(path);
    if (!bytes.includes(dataFolder)) continue;
    replaceAll(bytes, dataFolder, descriptorPath.padEnd(dataFolder.length, '/'));
    await rename(path, `${path}.real`);
    await writeFile(`${path}.real`, bytes);
    await writeFile(path, wrapper(name, dataFolder));
    await chmod(path, 0o755);
  }
}

function replaceAll(bytes: Buffer, from: string, to: string): void {
  for (let at = bytes.indexOf(from); at >= 0; at = bytes.indexOf(from, at + from.length)) bytes.write(to, at, 'latin1');
}

/** Finds everything from its own place, as the folder it is in is renamed once it is complete. */
function wrapper(name: string, dataFolder: string): string {
  return `#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
exec 3< "$here/../..${dataFolder}"
exec "$here/${name}.real" "$@"
`;
}
