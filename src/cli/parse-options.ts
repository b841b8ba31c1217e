/** The words after a command, as options; what is wrong with them is said in our own words. */
import { parseArgs } from 'node:util';
import { nearestName } from '../catalog/nearest-name.ts';
import { quoteList, TelltaleError } from '../errors.ts';
import type { Command, Options } from './command.ts';

/** @throws TELLTALE_OPTION for an unknown option, a missing value, or a word that is no option */
export function parseOptions(command: Command, words: readonly string[]): Options {
  const { tokens } = parseArgs({
    args: [...words],
    options: Object.fromEntries(
      Object.entries(command.options).map(([name, { value }]) => [
        name,
        { type: value === undefined ? ('boolean' as const) : ('string' as const) },
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  return Object.fromEntries(tokens.flatMap((token) => parseToken(command, token)));
}

type Token = NonNullable<ReturnType<typeof parseArgs>['tokens']>[number];

function parseToken(command: Command, token: Token): [string, string | true][] {
  if (token.kind === 'option-terminator') return [];
  if (token.kind === 'positional') throw unexpectedWord(command, token.value);
  const option = Object.hasOwn(command.options, token.name) ? command.options[token.name] : undefined;
  if (option === undefined) throw unknownOption(command, token.rawName);
  if (option.value === undefined) {
    if (token.value === undefined) return [[token.name, true]];
    throw badValue(command, `${token.rawName}=${token.value}`, 'it takes no value', token.rawName);
  }
  if (token.value === undefined || token.value === '' || (token.value.startsWith('-') && !token.inlineValue))
    throw badValue(command, token.rawName, `it needs a ${option.value}`, `${token.rawName} <${option.value}>`);
  return [[token.name, token.value]];
}

function unknownOption(command: Command, given: string): TelltaleError {
  const known = Object.keys(command.options).map((name) => `--${name}`);
  const near = nearestName(given, known);
  const message = `Cannot run "${command.name}" as it has no option "${given}": known are ${quoteList(known)}`;
  return new TelltaleError('TELLTALE_OPTION', message, {
    fix: near === undefined ? `see "telltale ${command.name} --help"` : `did you mean "${near}"?`,
  });
}

function unexpectedWord({ name }: Command, word: string): TelltaleError {
  return new TelltaleError('TELLTALE_OPTION', `Cannot run "${name}" as it takes no word such as "${word}"`, {
    fix: `see "telltale ${name} --help"`,
  });
}

function badValue({ name }: Command, given: string, why: string, usage: string): TelltaleError {
  return new TelltaleError('TELLTALE_OPTION', `Cannot run "${name}" with "${given}": ${why}`, {
    fix: `write "${usage}"`,
  });
}
