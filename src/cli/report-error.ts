/** Errors for people, or for programs: what could not be done, because of which value, and the fix. No stack traces. */
import type { TelltaleError } from '../errors.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { paint, type Terminal } from './terminal.ts';

export function reportError(error: unknown, terminal: Terminal, json: boolean): ExitCode {
  if (!isExpected(error)) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    terminal.error(`${paint(terminal, 'red', 'A mistake of telltale, please report it:')}\n${text}\n`);
    return exitCodes.bug;
  }
  const { code, message, fix } = error;
  if (json) terminal.out(`${JSON.stringify({ ok: false, code, problems: message.split('\n'), fix }, null, 2)}\n`);
  else terminal.error(errorText(message, fix, terminal));
  return exitCodes.badInput;
}

function errorText(message: string, fix: string | undefined, terminal: Terminal): string {
  const lines = message.split('\n').map((line) => `${paint(terminal, 'red', 'error:')} ${line}`);
  const advice = fix === undefined ? [] : [`${paint(terminal, 'bold', 'fix:')} ${fix}`];
  return `${[...lines, ...advice].join('\n')}\n`;
}

/** By its code: two copies of the package may be loaded. */
function isExpected(error: unknown): error is TelltaleError {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('TELLTALE_');
}
