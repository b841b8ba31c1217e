/** A backup's metrics as a file for node_exporter's textfile collector. */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { backupCatalog } from '../catalog/backup.ts';
import { labelName, metricName, type Naming } from '../catalog/naming.ts';
import { TelltaleError } from '../errors.ts';

export type BackupKey = keyof typeof backupCatalog;

/** What is known of a backup; a value that was never recorded is absent. */
export type BackupValues = { readonly [K in BackupKey]?: number };

export interface BackupFile {
  readonly path: string;
  readonly backup: string;
  readonly service: string;
  readonly naming: Naming;
}

export const backupKeys = Object.keys(backupCatalog) as readonly BackupKey[];

/** node_exporter may run as any user. */
const readableByAll = 0o644;

/** What an earlier run left in the file; nothing where there is none, or none of ours. */
export async function readTextfile(path: string, naming: Naming): Promise<BackupValues> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const values = backupKeys.map((key) => [key, valueIn(text, metricName(backupCatalog[key], naming))] as const);
  return Object.fromEntries(values.filter(([, value]) => Number.isFinite(value)));
}

/**
 * Replaces the file in one step: the collector sees the old one or the new one, never a half.
 * @throws TELLTALE_WRITE
 */
export async function writeTextfile(file: BackupFile, values: BackupValues): Promise<void> {
  const { path, backup } = file;
  // Not ending in .prom, or the collector would read it; in the same folder, or it could not be renamed.
  const unfinished = `${path}.${randomUUID()}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(unfinished, expositionOf(file, values), { mode: readableByAll });
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => {});
    throw new TelltaleError('TELLTALE_WRITE', `Cannot write the metrics of backup "${backup}" to ${path}`, {
      fix: "use a folder that this user may write to and that node_exporter's --collector.textfile.directory names",
      cause: error,
    });
  }
}

function expositionOf({ backup, service, naming }: BackupFile, values: BackupValues): string {
  const blocks = backupKeys.flatMap((key) => {
    const entry = backupCatalog[key];
    const value = values[key];
    if (value === undefined) return [];
    const name = metricName(entry, naming);
    const labels = { [labelName(entry, 'backup', naming)]: backup, service };
    const set = Object.entries(labels).map(([label, text]) => `${label}="${escapeLabelValue(text)}"`);
    return [`# HELP ${name} ${entry.help}`, `# TYPE ${name} ${entry.kind}`, `${name}{${set.join(',')}} ${value}`];
  });
  return `${blocks.join('\n')}\n`;
}

function valueIn(text: string, name: string): number {
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${name}{`));
  return line === undefined ? NaN : Number(line.slice(line.lastIndexOf(' ') + 1));
}

function escapeLabelValue(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
