/** backupRecorder(): tells Prometheus of the runs of a backup, from the cron job that makes it. */
import { checkBackupOptions, type BackupRecorderOptions } from './options.ts';
import { pushgatewayStore } from './pushgateway.ts';
import { registryStore } from './registry.ts';
import { textfileStore } from './textfile.ts';
import type { BackupStore, BackupValues } from './values.ts';

export type { BackupRecorderOptions } from './options.ts';

export interface BackupRun {
  /** Seconds. */
  readonly durationSeconds?: number;
  /** Of what was written. Bytes. */
  readonly sizeBytes?: number;
}

export interface BackupRecorder {
  /**
   * Runs a backup, times it and records how it ended. What it gives may name the size; what it throws is passed on. While it
   * runs, the last run is no success, and stays none should the process be killed.
   */
  run<T extends BackupRun | void>(backup: () => T | Promise<T>): Promise<T>;
  /** Records a run that succeeded just now. */
  succeeded(run?: BackupRun): Promise<void>;
  /** Records a run that failed; when the backup last succeeded stays known. */
  failed(run?: Pick<BackupRun, 'durationSeconds'>): Promise<void>;
  /** Records that a restore of this backup was tested just now, with success. */
  restoreTested(): Promise<void>;
}

type Update = (change: (known: BackupValues) => BackupValues) => Promise<void>;

/**
 * Records when a backup last succeeded, how its last run ended, its time and size, and when a restore was last tested,
 * so that an alert can tell a backup that is old or has never been restored. With `textfile` or `pushgateway`, a run of a
 * moment leaves its metrics behind; they are replaced in one step, and keep what this run does not say.
 * The recording fails with an error (a backup nobody can see is to be noticed), after the backup itself is done.
 * @throws TELLTALE_OPTION when `name` or `service` cannot be part of a file name, or not one place is given to record at;
 * with `registry` also TELLTALE_NO_CLIENT and TELLTALE_METRIC_TAKEN
 * @example
 * const backup = backupRecorder({ name: 'database', service: 'api', textfile: '/var/lib/node_exporter/textfile' });
 * await backup.run(async () => {
 *   await pgDump('/backups/today.dump');
 *   return { sizeBytes: (await stat('/backups/today.dump')).size };
 * });
 */
export function backupRecorder(options: BackupRecorderOptions): BackupRecorder {
  checkBackupOptions(options);
  const update = inTurn(storeOf(options));
  const recorder: BackupRecorder = {
    run: async (backup) => {
      // Not worth failing a backup for: what cannot be recorded now will say so at the end.
      await update(begun).catch(() => {});
      return runBackup(recorder, backup);
    },
    succeeded: ({ durationSeconds, sizeBytes } = {}) => {
      const run = known({ duration: durationSeconds, size: sizeBytes });
      return update((before) => ({ ...before, lastSuccess: nowSeconds(), lastRunStatus: 1, ...run }));
    },
    failed: ({ durationSeconds } = {}) =>
      update((before) => ({ ...before, lastRunStatus: 0, ...known({ duration: durationSeconds }) })),
    restoreTested: () => update((before) => ({ ...before, restoreTest: nowSeconds() })),
  };
  return recorder;
}

/** A success is of the run before; a failure stands until a run succeeds, or its alert would end while the next one runs. */
function begun({ lastRunStatus, ...others }: BackupValues): BackupValues {
  return lastRunStatus === 0 ? { ...others, lastRunStatus } : others;
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

function storeOf(options: BackupRecorderOptions): BackupStore {
  const { name, service, textfile, pushgateway, registry, naming = 'prometheus' } = options;
  if (registry !== undefined) return registryStore(name, { registry, naming });
  const identity = { backup: name, service, naming };
  if (textfile !== undefined) return textfileStore(textfile, identity);
  return pushgatewayStore(typeof pushgateway === 'string' ? { url: pushgateway } : pushgateway, identity);
}

/** One after the other, as each reads what the one before has written. */
function inTurn(store: BackupStore): Update {
  let last: Promise<void> = Promise.resolve();
  return (change) => {
    const next = last.then(async () => store.write(change(await store.read())));
    last = next.catch(() => {});
    return next;
  };
}

function known(values: { readonly [K in keyof BackupValues]: number | undefined }): BackupValues {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => Number.isFinite(value)));
}

function nowSeconds(): number {
  return Date.now() / 1_000;
}
