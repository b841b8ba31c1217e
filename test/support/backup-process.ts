/** The cron job of fixtures/backup.ts as a process, to be killed in the middle of its backup. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { BackupRecorderOptions } from '../../src/instrument/backup/backup-recorder.ts';

const loader = fileURLToPath(new URL('load-source.mjs', import.meta.url));
const script = fileURLToPath(new URL('../instrument/fixtures/backup.ts', import.meta.url));

export interface BackupProcess {
  /** Leaves it no moment to tidy up; resolves once it has ended. */
  kill(): Promise<void>;
}

/** Resolves once its backup is under way; killed with the test. */
export async function startBackupProcess(options: BackupRecorderOptions): Promise<BackupProcess> {
  const child = spawn(process.execPath, [loader, script], {
    env: { ...process.env, BACKUP: JSON.stringify(options) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  onTestFinished(kill);
  const first = await Promise.race([once(child.stdout, 'data'), ended]);
  if (String(first[0]) !== 'under way\n') throw new Error(`The backup ended: ${String(first)}`);
  return { kill };
}
