/** The text of `--help`. */
import { allCommands } from './all-commands.ts';
import type { Command } from './command.ts';

export function help(): string {
  const width = Math.max(...allCommands.map(({ name }) => name.length));
  return [
    'telltale: dashboards, alerts and runbooks for Node services, from one typed catalog.',
    '',
    'Usage: telltale <command> [options]',
    '',
    ...allCommands.map(({ name, describes }) => `  ${name.padEnd(width)}  ${describes}`),
    '',
    '  telltale <command> --help   options of a command',
    '  telltale --version          the version',
    '',
    'Exit codes: 0 done, 1 drift or problems found, 2 bad option, config or folder, 3 a mistake of telltale.',
    '',
  ].join('\n');
}

export function commandHelp({ name, describes, options, words }: Command): string {
  const rows = Object.entries(options).map(([option, { value, describes }]) => ({
    usage: value === undefined ? `--${option}` : `--${option} <${value}>`,
    describes,
  }));
  const width = Math.max(...rows.map(({ usage }) => usage.length));
  return [
    `telltale ${name}: ${describes}.`,
    '',
    `Usage: telltale ${name} [options]${words === undefined ? '' : ` -- ${words}`}`,
    '',
    ...rows.map((row) => `  ${row.usage.padEnd(width)}  ${row.describes}`),
    '',
  ].join('\n');
}
