/** Every check of the runbooks; all of them run offline. */
import { checkAddresses } from './runbook-addresses.ts';
import { checkCommands } from './runbook-commands.ts';
import { checkLinks } from './runbook-links.ts';
import { checkPages } from './runbook-pages.ts';
import type { RunbookCheck, RunbookInput, RunbookProblem } from './runbook-problem.ts';
import { checkQueries } from './runbook-queries.ts';
import { checkText } from './runbook-text.ts';

const checks: readonly RunbookCheck[] = [
  checkPages,
  checkLinks,
  checkQueries,
  checkText,
  checkAddresses,
  checkCommands,
];

/** What is wrong with the runbooks of a pack; empty when nothing is. */
export function checkRunbooks(input: RunbookInput): readonly RunbookProblem[] {
  return checks.flatMap((check) => check(input));
}
