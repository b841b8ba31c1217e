/** The set-up block of a page: the words its commands use, defined in an order that works. */
import type { Model } from '../../model/model.ts';
import { type Platform, type TerminalWord, terminalWords } from './words.ts';

/** Bash that defines every word that these commands use, and what those need; empty when they use none. */
export function setUpFor(model: Model, commands: readonly string[], platform: Platform = 'Docker Compose'): string {
  const words = terminalWords(model);
  const used = words.filter(({ word }) => commands.some((command) => usesWord(command, word)));
  const wanted = new Set(used.flatMap((word) => [word.word, ...neededBy(word, words)]));
  return words
    .filter(({ word }) => wanted.has(word))
    .map(({ define }) => define[platform])
    .join('\n');
}

/** Whether a command uses a variable (`$SERVICE`) or calls a function (`service_logs`). */
export function usesWord(command: string, word: string): boolean {
  const pattern = /^[A-Z_]+$/.test(word) ? `\\$\\{?${word}\\b` : `(?<![\\w-])${word}(?![\\w-])`;
  return new RegExp(pattern).test(command);
}

function neededBy({ needs }: TerminalWord, words: readonly TerminalWord[]): string[] {
  return needs.flatMap((need) => {
    const found = words.find(({ word }) => word === need);
    return found === undefined ? [] : [need, ...neededBy(found, words)];
  });
}
