/** What is known of a backup, and the same as text in Prometheus' format. */
import { backupCatalog } from '../../catalog/backup.ts';
import { labelName, metricName, type Naming } from '../../catalog/naming.ts';

export type BackupKey = keyof typeof backupCatalog;

/** A value that was never recorded is absent. */
export type BackupValues = { readonly [K in BackupKey]?: number };

/** Where the values of one backup are kept. */
export interface BackupStore {
  /** What earlier runs left, possibly of other processes; nothing where there is nothing. */
  read(): Promise<BackupValues>;
  /** Replaces what is there, in one step. */
  write(values: BackupValues): Promise<void>;
}

/** Whose values they are, in what words. */
export interface BackupIdentity {
  readonly backup: string;
  readonly service: string;
  readonly naming: Naming;
}

export const backupKeys = Object.keys(backupCatalog) as readonly BackupKey[];

export function expositionOf(identity: BackupIdentity, values: BackupValues): string {
  const blocks = backupKeys.flatMap((key) => {
    const entry = backupCatalog[key];
    const value = values[key];
    if (value === undefined) return [];
    const name = metricName(entry, identity.naming);
    const labels = labelsOf(identity, key).join(',');
    return [`# HELP ${name} ${entry.help}`, `# TYPE ${name} ${entry.kind}`, `${name}{${labels}} ${value}`];
  });
  return `${blocks.join('\n')}\n`;
}

/** The values of one backup, among whatever else the text holds. */
export function valuesIn(text: string, identity: BackupIdentity): BackupValues {
  const values = backupKeys.map((key) => [key, valueIn(text, identity, key)] as const);
  return Object.fromEntries(values.filter(([, value]) => Number.isFinite(value)));
}

/** Names and labels need no escapes: their characters are checked where they are given. */
function labelsOf({ backup, service, naming }: BackupIdentity, key: BackupKey): readonly string[] {
  return [`${labelName(backupCatalog[key], 'backup', naming)}="${backup}"`, `service="${service}"`];
}

function valueIn(text: string, identity: BackupIdentity, key: BackupKey): number {
  const start = `${metricName(backupCatalog[key], identity.naming)}{`;
  const own = labelsOf(identity, key);
  for (const line of text.split('\n')) {
    if (!line.startsWith(start)) continue;
    const end = line.lastIndexOf('}');
    const labels = line.slice(start.length, end).split(',');
    if (own.every((label) => labels.includes(label))) return Number(line.slice(end + 1));
  }
  return Number.NaN;
}
