/** What is wrong with a page of the runbooks. */
import type { Pack } from '../stack/pack.ts';

export interface RunbookProblem {
  /** Path of the page, relative to the output. */
  readonly page: string;
  /** A sentence that names the culprit. */
  readonly problem: string;
}

/** The pack, and the Markdown files that were made of it: path -> text. */
export interface RunbookInput {
  readonly pack: Pack;
  readonly files: ReadonlyMap<string, string>;
}

export type RunbookCheck = (input: RunbookInput) => readonly RunbookProblem[];

/** Runs a check on each page, and puts its path to each problem. */
export function perPage(
  files: RunbookInput['files'],
  check: (text: string, page: string) => readonly string[],
): RunbookProblem[] {
  return [...files].flatMap(([page, text]) => check(text, page).map((problem) => ({ page, problem })));
}
