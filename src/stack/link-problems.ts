/** Broken links of a pack, collected so that all of them are reported together. */
import { quoteList, TelltaleError } from '../errors.ts';

export interface LinkProblems {
  /** @param what e.g. `alert "HighErrorRate" to runbook page "HighErorRate"` */
  unknown(what: string, known: readonly string[]): void;
  add(problem: string): void;
  /** @throws TELLTALE_LINK with every problem, if there is one */
  throwAny(): void;
}

export function linkProblems(): LinkProblems {
  const problems: string[] = [];
  return {
    unknown: (what, known) => {
      problems.push(`Cannot link ${what} as it does not exist: known are ${quoteList(known)}`);
    },
    add: (problem) => {
      problems.push(problem);
    },
    throwAny: () => {
      if (problems.length === 0) return;
      const fix = 'correct the name, or add what it names';
      throw new TelltaleError('TELLTALE_LINK', [...new Set(problems)].join('\n'), { fix });
    },
  };
}
