/** A lock between processes: a file that names the process holding it. */
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { TelltaleError } from '../src/errors.ts';

const staleAfterMillis = 10 * 60_000;
const giveUpAfterMillis = 12 * 60_000;

/**
 * Runs `action` while no other process runs one under the same lock file.
 * A lock left behind by a process that is gone (or older than ten minutes) is taken over.
 */
export async function withLock<T>(file: string, action: () => Promise<T>): Promise<T> {
  await mkdir(dirname(file), { recursive: true });
  const deadline = Date.now() + giveUpAfterMillis;
  while (!(await take(file))) {
    if (Date.now() > deadline) {
      throw new TelltaleError('TELLTALE_SERVER', `Cannot take the lock ${file} as another process holds it`, {
        fix: 'delete the file if no such process is running',
      });
    }
    await dropIfStale(file);
    await sleep(100);
  }
  try {
    return await action();
  } finally {
    await rm(file, { force: true });
  }
}

async function take(file: string): Promise<boolean> {
  try {
    await writeFile(file, `${process.pid} ${hostname()}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function dropIfStale(file: string): Promise<void> {
  try {
    const [pid, host] = (await readFile(file, 'utf8')).trim().split(' ');
    const ageMillis = Date.now() - (await stat(file)).mtimeMs;
    const isGone = host === hostname() && !isRunning(Number(pid));
    if (!isGone && ageMillis < staleAfterMillis) return;
    const aside = `${file}.stale-${process.pid}`;
    await rename(file, aside);
    await rm(aside, { force: true });
  } catch {
    // It was released, or taken over by somebody else, meanwhile.
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
