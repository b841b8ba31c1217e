/** backupRecorder(): tells Prometheus of the runs of a backup, from the cron job that makes it. */
import { join } from 'node:path';
import { backupCatalog } from '../catalog/backup.ts';
import type { Naming } from '../catalog/naming.ts';
import { TelltaleError } from '../errors.ts';
import { backupKeys, type BackupValues, readTextfile, writeTextfile } from './backup-textfile.ts';
import type { Registry } from './client.ts';
import { acquireShared } from './runtime-shared.ts';

interface CommonBackupOptions {
  /** Value of the `backup` label, and part of the file's name: letters, digits, `_`, `-` and `.`. */
  readonly name: string;
  /** @default 'prometheus' */
  readonly naming?: Naming;
}

/** Where the metrics go: a file for node_exporter, or the registry of a process that is scraped. */
export type BackupRecorderOptions = CommonBackupOptions &
  (
    | {
        /** Folder of node_exporter's textfile collector. The file is `telltale_backup_<service>_<name>.prom`. */
        readonly textfile: string;
        /** Whose backup it is: written as the label `service`, since the host that exposes the file belongs to nobody. */
        readonly service: string;
        readonly registry?: never;
      }
    | { readonly registry: Registry; readonly textfile?: never; readonly service?: never }
  );

export interface BackupRun {
  /** Seconds. */
  readonly durationSeconds?: number;
  /** Of what was written. Bytes. */
  readonly sizeBytes?: number;
}

export interface BackupRecorder {
  /**
   * Runs a backup, times it and records how it ended. What it gives may name the size; what it throws is passed on.
   */
  run<T extends BackupRun | void>(backup: () => T | Promise<T>): Promise<T>;
  /** Records a run that succeeded just now. */
  succeeded(run?: BackupRun): Promise<void>;
  /** Records a run that failed; when the backup last succeeded stays known. */
  failed(run?: Pick<BackupRun, 'durationSeconds'>): Promise<void>;
  /** Records that a restore of this backup was tested just now, with success. */
  restoreTested(): Promise<void>;
}

type Save = (changes: BackupValues) => Promise<void>;

/**
 * Records when a backup last succeeded, how its last run ended, its time and size, and when a restore was last tested,
 * so that an alert can tell a backup that is old or has never been restored. With `textfile`, a run of a moment leaves
 * its metrics behind: the file is replaced in one step and keeps what this run does not say. One file per backup.
 * The recording fails with an error (a backup nobody can see is to be noticed), after the backup itself is done.
 * @throws TELLTALE_OPTION when `name` cannot be a file name, or neither or both of textfile and registry are given
 * @example
 * const backup = backupRecorder({ name: 'database', service: 'api', textfile: '/var/lib/node_exporter/textfile' });
 * await backup.run(async () => {
 *   await pgDump('/backups/today.dump');
 *   return { sizeBytes: (await stat('/backups/today.dump')).size };
 * });
 */
export function backupRecorder(options: BackupRecorderOptions): BackupRecorder {
  validate(options);
  const save = inTurn(options.textfile === undefined ? saveToRegistry(options) : saveToTextfile(options));
  const recorder: BackupRecorder = {
    run: (backup) => runBackup(recorder, backup),
    succeeded: ({ durationSeconds, sizeBytes } = {}) =>
      save({ lastSuccess: nowSeconds(), lastRunStatus: 1, ...known({ duration: durationSeconds, size: sizeBytes }) }),
    failed: ({ durationSeconds } = {}) => save({ lastRunStatus: 0, ...known({ duration: durationSeconds }) }),
    restoreTested: () => save({ restoreTest: nowSeconds() }),
  };
  return recorder;
}

async function runBackup<T extends BackupRun | void>(
  recorder: BackupRecorder,
  backup: () => T | Promise<T>,
): Promise<T> {
  const started = performance.now();
  const elapsed = (): { durationSeconds: number } => ({ durationSeconds: (performance.now() - started) / 1_000 });
  let run: T;
  try {
    run = await backup();
  } catch (error) {
    // The backup's own error is the one to be seen.
    await recorder.failed(elapsed()).catch(() => {});
    throw error;
  }
  await recorder.succeeded({ ...elapsed(), ...run });
  return run;
}

function saveToTextfile(options: Extract<BackupRecorderOptions, { textfile: string }>): Save {
  const { name, service, textfile, naming = 'prometheus' } = options;
  const path = join(textfile, `telltale_backup_${service}_${name}.prom`);
  return async (changes) => {
    const before = await readTextfile(path, naming);
    await writeTextfile({ path, backup: name, service, naming }, { ...before, ...changes });
  };
}

function saveToRegistry({ name, registry, naming = 'prometheus' }: BackupRecorderOptions): Save {
  const options = registry === undefined ? { naming } : { naming, registry };
  const { value: gauges } = acquireShared(options, 'backups', (metrics) =>
    Object.fromEntries(backupKeys.map((key) => [key, metrics.gauge(backupCatalog[key])])),
  );
  return async (changes) => {
    for (const key of backupKeys) {
      const value = changes[key];
      if (value !== undefined) gauges[key]?.set({ backup: name }, value);
    }
  };
}

/** One after the other, as each reads what the one before has written. */
function inTurn(save: Save): Save {
  let last: Promise<void> = Promise.resolve();
  return (changes) => {
    const next = last.then(() => save(changes));
    last = next.catch(() => {});
    return next;
  };
}

function known(values: { readonly [K in keyof BackupValues]: number | undefined }): BackupValues {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function nowSeconds(): number {
  return Date.now() / 1_000;
}

function validate({ name, service, textfile, registry }: BackupRecorderOptions): void {
  for (const [what, value] of Object.entries({ name, ...(textfile === undefined ? {} : { service }) })) {
    if (typeof value === 'string' && /^[\w.-]+$/.test(value)) continue;
    throw new TelltaleError(
      'TELLTALE_OPTION',
      `Cannot record backup "${name}": its ${what} "${value}" is part of a file name`,
      {
        fix: 'use letters, digits, "_", "-" and "." only',
      },
    );
  }
  if ((textfile === undefined) === (registry === undefined)) {
    throw new TelltaleError('TELLTALE_OPTION', `Cannot record backup "${name}": needs one of textfile and registry`, {
      fix: "e.g. backupRecorder({ name: 'database', service: 'api', textfile: '/var/lib/node_exporter/textfile' })",
    });
  }
}
