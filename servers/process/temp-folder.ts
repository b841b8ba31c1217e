/** Temporary folders that do not stay behind. */
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepUntilExit, release } from './live.ts';

export interface TempFolder {
  readonly path: string;
  /** Removes it with all that is in it. Also happens when the process ends. */
  remove(): Promise<void>;
}

/** Makes an empty folder below the system's temporary folder; `prefix` shows up in its name. */
export async function tempFolder(prefix: string): Promise<TempFolder> {
  const path = await mkdtemp(join(await realpath(tmpdir()), `telltale-${prefix}-`));
  keepUntilExit('folder', path);
  return {
    path,
    async remove() {
      await rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
      release('folder', path);
    },
  };
}
