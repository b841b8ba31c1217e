/** Installs a package of its own, such as what only a benchmark or one test needs, when its lock file has changed. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @param progress Is told when something has to be installed, which needs a package registry and takes a while. */
export function installLocked(folder: string, progress: (line: string) => void): void {
  const stamp = join(folder, 'node_modules/.telltale-lock');
  const lock = createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  progress('npm ci');
  execFileSync('npm', ['ci'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  writeFileSync(stamp, lock);
}
