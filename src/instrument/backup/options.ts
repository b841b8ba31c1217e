/** Options of backupRecorder(), checked. */
import type { Naming } from '../../catalog/naming.ts';
import { TelltaleError } from '../../errors.ts';
import type { Pushgateway } from './pushgateway.ts';
import type { Registry } from '../metrics/client.ts';
import { checkOptions, type OptionRule, type OptionRules, recorderRules } from '../metrics/option-checks.ts';

interface CommonBackupOptions {
  /** Value of the `backup` label, and part of the file's name: letters, digits, `_`, `-` and `.`. */
  readonly name: string;
  /** @default 'prometheus' */
  readonly naming?: Naming;
}

interface OfOneService {
  /** Whose backup it is: written as the label `service`, since the host that exposes it belongs to nobody. */
  readonly service: string;
  readonly registry?: never;
}

/** Where the metrics go: a file for node_exporter, a Pushgateway, or the registry of a process that is scraped. */
export type BackupRecorderOptions = CommonBackupOptions &
  (
    | (OfOneService & {
        /** Folder of node_exporter's textfile collector. The file is `telltale_backup_<service>_<name>.prom`. */
        readonly textfile: string;
        readonly pushgateway?: never;
      })
    | (OfOneService & {
        /**
         * Where no node_exporter reads a folder of this machine, as for a job of Kubernetes or of a provider. Its scrape job
         * needs `honor_labels: true`, and the label `environment`.
         */
        readonly pushgateway: string | Pushgateway;
        readonly textfile?: never;
      })
    | { readonly registry: Registry; readonly textfile?: never; readonly pushgateway?: never; readonly service?: never }
  );

const places = ['textfile', 'pushgateway', 'registry'] as const;

const aName: OptionRule = {
  expects: 'a text of letters, digits, "_", "-" and ".", as it is part of a file name and of a URL',
  accepts: (value) => typeof value === 'string' && /^[\w.-]+$/.test(value) && !/^\.+$/.test(value),
};

const backupRules: OptionRules = {
  ...recorderRules,
  name: aName,
  service: aName,
  textfile: { expects: 'the path of a folder', accepts: (value) => typeof value === 'string' && value !== '' },
  pushgateway: {
    expects: 'the address of a Pushgateway that starts with http:// or https://, or { url, headers }',
    accepts: (value) => isAddress(value) || isAddress((value as { readonly url?: unknown } | null)?.url),
  },
};

/** @throws TELLTALE_OPTION */
export function checkBackupOptions(options: BackupRecorderOptions): void {
  checkOptions('use backupRecorder()', options, backupRules);
  const given = places.filter((place) => options[place] !== undefined);
  if (options.name === undefined) refuse('it needs a name');
  if (given.length !== 1) refuse(`it needs one of textfile, pushgateway and registry, got ${given.length}`);
  if (options.registry === undefined && options.service === undefined) refuse('it needs the service it is made of');
}

function refuse(why: string): never {
  throw new TelltaleError('TELLTALE_OPTION', `Cannot use backupRecorder(): ${why}`, {
    fix: "e.g. backupRecorder({ name: 'database', service: 'api', textfile: '/var/lib/node_exporter/textfile' })",
  });
}

function isAddress(value: unknown): boolean {
  return typeof value === 'string' && /^https?:\/\//.test(value) && URL.canParse(value);
}
