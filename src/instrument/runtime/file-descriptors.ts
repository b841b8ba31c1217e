/** File descriptors of this process, from Linux' /proc: held by the kernel in memory, so that reading it never waits. */
import { readdirSync, readFileSync, statSync } from 'node:fs';

export const hasProcFs = process.platform === 'linux';

const folder = '/proc/self/fd';

/** Open file descriptors. Since Linux 6.2 their number is the size of the folder; before, each is named, the reader's own too. */
export function openFileDescriptors(): number {
  const { size } = statSync(folder);
  return size > 0 ? size : readdirSync(folder).length - 1;
}

/** The soft limit on open files, or null where there is none. */
export function maxFileDescriptors(): number | null {
  const limits = readFileSync('/proc/self/limits', 'utf8');
  const soft = /^Max open files\s+(\d+)/m.exec(limits)?.[1];
  return soft === undefined ? null : Number(soft);
}
