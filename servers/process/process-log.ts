/** What a process has written, kept in memory up to a limit. */
import type { ChildProcess } from 'node:child_process';

export interface ProcessLog {
  text(): string;
  add(text: string): void;
}

const limitCharacters = 1_000_000;

/** Collects standard output and standard error in the order they come; of a long log the older half is dropped. */
export function processLog(child: ChildProcess): ProcessLog {
  let text = '';
  const add = (more: string): void => {
    text += more;
    if (text.length > limitCharacters) text = text.slice(text.indexOf('\n', limitCharacters / 2) + 1);
  };
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8');
    stream?.on('data', add);
  }
  return { text: () => text, add };
}
