/** File descriptors of this process, from Linux' /proc. */
import { readdir, readFile } from 'node:fs/promises';

export const hasProcFs = process.platform === 'linux';

/** Open file descriptors, less the one that reading them opens. */
export async function openFileDescriptors(): Promise<number> {
  const names = await readdir('/proc/self/fd');
  return names.length - 1;
}

/** The soft limit on open files, or null where there is none. */
export async function maxFileDescriptors(): Promise<number | null> {
  const limits = await readFile('/proc/self/limits', 'utf8');
  const soft = /^Max open files\s+(\d+)/m.exec(limits)?.[1];
  return soft === undefined ? null : Number(soft);
}
