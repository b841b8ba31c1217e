/** `telltale check` */
import { check } from '../generate.ts';
import type { Run } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { openConfig } from './open-config.ts';
import { paint } from './terminal.ts';

export const checkCommand: Run = async (options, terminal) => {
  const { config } = await openConfig(options, terminal);
  const problems = check(config);
  if (options['json'] === true) {
    terminal.out(`${JSON.stringify({ ok: problems.length === 0, problems }, null, 2)}\n`);
  } else {
    for (const { check, where, message } of problems)
      terminal.out(`${paint(terminal, 'red', check)} ${where}: ${message}\n`);
    terminal.out(
      problems.length === 0 ? `${paint(terminal, 'green', 'no problems')}\n` : `${problems.length} problems\n`,
    );
  }
  return problems.length === 0 ? exitCodes.ok : exitCodes.problems;
};
