/** `telltale backup` */
import { stat } from 'node:fs/promises';
import { quoteList, TelltaleError } from '../errors.ts';
import { type BackupRecorder, backupRecorder, type BackupRun } from '../instrument/backup/backup-recorder.ts';
import type { Options, Run } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { pathOf, textOf } from './option-values.ts';
import { CommandFailed, runCommand } from './run-command.ts';
import { paint, type Terminal } from './terminal.ts';

export const backupCommand: Run = async (options, terminal, words) => {
  const recorder = recorderOf(options, terminal, words);
  if (options['restore-tested'] === true) {
    await recorder.restoreTested();
    return exitCodes.ok;
  }
  try {
    await recorder.run(() => backUp(options, terminal, words));
    return exitCodes.ok;
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    terminal.error(`${paint(terminal, 'red', 'backup failed:')} ${error.message}\n`);
    return exitCodes.problems;
  }
};

async function backUp(options: Options, terminal: Terminal, words: readonly string[]): Promise<BackupRun> {
  await runCommand(words, terminal);
  const file = pathOf(options, 'size-of', terminal.folder);
  return file === undefined ? {} : { sizeBytes: await sizeOf(file) };
}

/** A dump that is not there, or empty, is none, whatever the command says. */
async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) throw new CommandFailed(`the command left no file ${file}`);
  if (found.size === 0) throw new CommandFailed(`the command left ${file} empty`);
  return found.size;
}

/** @throws TELLTALE_OPTION */
function recorderOf(options: Options, { folder }: Terminal, words: readonly string[]): BackupRecorder {
  const [name, service, pushgateway] = ['name', 'service', 'pushgateway'].map((option) => textOf(options, option));
  const textfile = pathOf(options, 'textfile', folder);
  const missing = Object.entries({ '--name': name, '--service': service }).flatMap(([option, value]) =>
    value === undefined ? [option] : [],
  );
  if (missing.length > 0) throw refusal(`needs ${quoteList(missing)}`);
  if ((textfile === undefined) === (pushgateway === undefined))
    throw refusal('needs one of --textfile and --pushgateway');
  if ((options['restore-tested'] === true) === words.length > 0)
    throw refusal('needs either a command after "--", or --restore-tested');
  const place = textfile === undefined ? { pushgateway: pushgateway ?? '' } : { textfile };
  return backupRecorder({ name: name ?? '', service: service ?? '', ...place });
}

function refusal(why: string): TelltaleError {
  return new TelltaleError('TELLTALE_OPTION', `Cannot run "backup": it ${why}`, {
    fix: 'e.g. telltale backup --name database --service api --textfile /textfile -- pg_dump --file=today.dump',
  });
}
