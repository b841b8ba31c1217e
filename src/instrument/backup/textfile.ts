/** A backup's metrics as a file for node_exporter's textfile collector. */
import { randomUUID } from 'node:crypto';
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { TelltaleError } from '../../errors.ts';
import { type BackupIdentity, type BackupStore, expositionOf, valuesIn } from './values.ts';

/** node_exporter may run as any user. */
const readableByAll = 0o644;

export function textfileStore(folder: string, identity: BackupIdentity): BackupStore {
  const { backup, service } = identity;
  const path = join(folder, `telltale_backup_${service}_${backup}.prom`);
  const attempt = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw new TelltaleError('TELLTALE_WRITE', `Cannot ${what} the metrics of backup "${backup}": ${path}`, {
        fix: "use a folder that this user may write to and that node_exporter's --collector.textfile.directory names",
        cause: error,
      });
    }
  };
  return {
    // A file that is there and cannot be read is not replaced: what is known of the last success would be lost.
    read: () => attempt('read', async () => valuesIn(await readIfThere(path), identity)),
    write: (values) => attempt('write', () => replaceFile(path, expositionOf(identity, values))),
  };
}

async function readIfThere(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** In one step: the collector sees the old file or the new one, never a half. */
async function replaceFile(path: string, text: string): Promise<void> {
  // Not ending in .prom, or the collector would read it; in the same folder, or it could not be renamed.
  const unfinished = `${path}.${randomUUID()}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(unfinished, text);
    // By itself, as the umask of cron jobs is often 077.
    await chmod(unfinished, readableByAll);
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => {});
    throw error;
  }
}
