/** Installs what is measured beside us, when the lock file has changed since the last time. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { peersFolder } from './paths.ts';

export function installPeers(progress: (line: string) => void): void {
  const stamp = join(peersFolder, 'node_modules/.telltale-bench-lock');
  const lock = createHash('sha256')
    .update(readFileSync(join(peersFolder, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  progress('installing what is measured beside Telltale (npm ci in bench/peers)');
  execFileSync('npm', ['ci'], { cwd: peersFolder, stdio: ['ignore', 'ignore', 'inherit'] });
  writeFileSync(stamp, lock);
}
