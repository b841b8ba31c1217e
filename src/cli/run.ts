/** From words to an exit code. */
import { nearestName } from '../catalog/nearest-name.ts';
import { quoteList, TelltaleError } from '../errors.ts';
import { allCommands } from './all-commands.ts';
import type { Command, Options } from './command.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { commandHelp, help } from './help.ts';
import { parseOptions } from './parse-options.ts';
import { reportError } from './report-error.ts';
import type { Terminal } from './terminal.ts';

export async function run(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [first, ...rest] = words;
  let options: Options = {};
  try {
    if (first === undefined) {
      terminal.error(help());
      return exitCodes.badInput;
    }
    if (['--help', '-h', 'help'].includes(first)) return print(terminal, help());
    if (['--version', '-v'].includes(first)) return print(terminal, `${await version()}\n`);
    const command = findCommand(first);
    const { own, others } = splitWords(command, rest);
    if (own.includes('--help') || own.includes('-h')) return print(terminal, commandHelp(command));
    options = parseOptions(command, own);
    const start = await command.load();
    return await start(options, terminal, others);
  } catch (error) {
    return reportError(error, terminal, options['json'] === true);
  }
}

function print(terminal: Terminal, text: string): ExitCode {
  terminal.out(text);
  return exitCodes.ok;
}

/** What comes after `--` is somebody else's, options included. */
function splitWords(
  command: Command,
  words: readonly string[],
): { readonly own: readonly string[]; readonly others: readonly string[] } {
  const end = command.words === undefined ? -1 : words.indexOf('--');
  return end === -1 ? { own: words, others: [] } : { own: words.slice(0, end), others: words.slice(end + 1) };
}

function findCommand(given: string): Command {
  const names = allCommands.map(({ name }) => name);
  const command = allCommands.find(({ name }) => name === given);
  if (command !== undefined) return command;
  const near = nearestName(given, names);
  throw new TelltaleError(
    'TELLTALE_OPTION',
    `Cannot run "${given}" as there is no such command: known are ${quoteList(names)}`,
    {
      fix: near === undefined ? 'see "telltale --help"' : `did you mean "telltale ${near}"?`,
    },
  );
}

async function version(): Promise<string> {
  const { readFile } = await import('node:fs/promises');
  const manifest = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as {
    readonly version: string;
  };
  return manifest.version;
}
