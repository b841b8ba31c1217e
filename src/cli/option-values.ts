/** Values of options that are more than text. */
import { resolve } from 'node:path';
import { isDuration, toSeconds } from '../objectives/duration.ts';
import { TelltaleError } from '../errors.ts';
import type { Options } from './command.ts';

export function textOf(options: Options, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

/** Absolute, counted from the working folder. */
export function pathOf(options: Options, name: string, folder: string): string | undefined {
  const text = textOf(options, name);
  return text === undefined ? undefined : resolve(folder, text);
}

/** @throws TELLTALE_OPTION */
export function wholeNumberOf(options: Options, name: string): number | undefined {
  const text = textOf(options, name);
  if (text === undefined || /^\d{1,9}$/.test(text)) return text === undefined ? undefined : Number(text);
  throw badValue(name, text, 'must be a whole number');
}

/** @throws TELLTALE_OPTION */
export function secondsOf(options: Options, name: string): number | undefined {
  const text = textOf(options, name);
  if (text === undefined) return undefined;
  if (isDuration(text) && toSeconds(text) > 0) return toSeconds(text);
  throw badValue(name, text, 'must be a number and one unit of s, m, h, d and w, such as "15s"');
}

function badValue(name: string, value: string, must: string): TelltaleError {
  return new TelltaleError('TELLTALE_OPTION', `Cannot use "${value}" as --${name}: ${must}`, {
    fix: `correct the value of --${name}`,
  });
}
