/** The terminal set-up of a page: what its own commands use, and no more. */
import { setUpFor } from '../runbooks/terminal/set-up.ts';
import { composeFile } from '../runbooks/terminal/stack.ts';
import { codeFence } from './markdown.ts';
import { codeOf } from './runbook-blocks.ts';
import type { LinkContext } from './runbook-links.ts';

export function setUpText(context: LinkContext, moreCommands: readonly string[] = []): string {
  const { pack, page } = context;
  const commands = page.steps.flatMap((step) =>
    step.language === 'sql' ? ['psql "$DATABASE_URL"'] : [codeOf(step, context)],
  );
  const where = `Run every command in the folder that holds \`${composeFile}\`, in Bash.`;
  const code = setUpFor(pack.model, [...commands, ...moreCommands]);
  if (code === '') return `${where} Nothing to set: paste the commands as they are.`;
  const index = `${page.toRunbooks}README.md#terminal-set-up`;
  return [
    `${where} Paste this once per terminal, with the environment and the service at hand: an alert has them as labels.`,
    codeFence('sh', code),
    ...(code.includes('() {')
      ? [
          `The functions are those for Docker Compose; the same for Kubernetes and systemd: [Terminal set-up](${index}).`,
        ]
      : []),
    ...(page.steps.some(({ language }) => language === 'sql') ? ['SQL runs in `psql "$DATABASE_URL"`.'] : []),
  ].join('\n\n');
}
