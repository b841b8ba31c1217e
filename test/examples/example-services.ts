/** The example's processes, as built: the two services and the backup. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Exit } from '../../servers/process/running-process.ts';
import { runCommand } from '../../servers/process/run-command.ts';
import { startProcess } from '../../servers/process/start-process.ts';

export interface ExampleService {
  readonly name: string;
  readonly url: string;
  readonly exited: Promise<Exit>;
  log(): string;
  /** Switches a fault. */
  fault(name: string, body: object): Promise<void>;
  stop(): Promise<void>;
}

const build = new URL('../../build/examples/', import.meta.url).pathname;
const listening = /^\{"listening":(\d+)(?:,"admin":(\d+))?\}$/m;

/** Starts a service on a free port and waits until it says that it listens. */
export async function startExampleService(
  name: 'api' | 'payments',
  env: Readonly<Record<string, string>>,
): Promise<ExampleService> {
  const running = await startProcess({
    name,
    command: process.execPath,
    args: [join(build, name, 'main.js')],
    env: { PORT: '0', REDIS_URL: undefined, ...env },
    ready: listening,
  });
  const [, port, adminPort] = listening.exec(running.log()) ?? [];
  return {
    name,
    url: `http://127.0.0.1:${port}`,
    exited: running.exited,
    log: () => running.log(),
    stop: () => running.stop(),
    fault: async (fault, body) => {
      const response = await fetch(`http://127.0.0.1:${adminPort}/faults/${fault}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (!response.ok) throw new Error(`Cannot switch ${fault}: ${await response.text()}`);
    },
  };
}

export interface BackupResult {
  readonly code: number;
  readonly stdout: string;
  /** What node_exporter would read. */
  readonly textfile: string;
}

export async function runBackup(
  databaseUrl: string,
  folder: string,
  args: readonly string[] = [],
): Promise<BackupResult> {
  const env = { DATABASE_URL: databaseUrl, BACKUP_FOLDER: folder, TEXTFILE_FOLDER: folder };
  const { code, stdout } = await runCommand(process.execPath, [join(build, 'backup.js'), ...args], { env });
  return { code, stdout, textfile: await readFile(join(folder, 'telltale_backup_api_database.prom'), 'utf8') };
}
