/** An operational runbook as Markdown. */
import { escapeMarkdown } from '../runbooks/escape-markdown.ts';
import type { Procedure, Runbook } from '../runbooks/runbook.ts';
import { urlOnHost } from '../runbooks/terminal/stack.ts';
import type { Pack } from '../stack/pack.ts';
import { anchorOf, codeFence, codeSpan, markdownList, markdownTable } from './markdown.ts';
import { blockText, stepViews, type StepView } from './runbook-blocks.ts';
import { renderTemplate } from './runbook-handlebars.ts';
import { type LinkContext, resolveLinks } from './runbook-links.ts';
import { originOf, runbookFrame, runbookPage } from './runbook-page.ts';
import { relatedOfRunbook } from './runbook-related.ts';
import { setUpText } from './runbook-set-up.ts';
import { runbookTemplate } from './runbook-templates.ts';

/** The text of `runbooks/<id>.md`. */
export function runbookText(runbook: Runbook, pack: Pack): string {
  const page = runbookPage(runbook);
  const context: LinkContext = { pack, page };
  const link = (text: string): string => resolveLinks(text, context);
  const list = (items: readonly string[]): string => markdownList(items.map(link));
  return renderTemplate(runbookTemplate, {
    origin: originOf(page),
    frame: runbookFrame,
    title: runbook.title,
    purpose: link(runbook.purpose),
    contents: contentsOf(runbook),
    useWhen: list(runbook.useWhen),
    notWhen: list(runbook.notWhen),
    owners: ownersTable(pack),
    access: list(runbook.access),
    setUp: setUpText(context),
    roles: markdownTable(
      ['Role', 'Does'],
      runbook.roles.map(({ role, does }) => [role, link(does)]),
    ),
    procedures: runbook.procedures.map((procedure) => procedureView(procedure, context)),
    verification: stepViews(runbook.verification, context),
    undo: stepViews(runbook.undo, context),
    messages: runbook.messages.map(({ title, when, body }) => ({
      title,
      when: link(when),
      body: codeFence('text', body.trim()),
    })),
    related: relatedOfRunbook(runbook, context),
    drillHow: `Every ${runbook.drill.everyDays} days. ${link(runbook.drill.how)}`,
    drill: stepViews([runbook.drill.last], context),
    own: (runbook.own ?? []).map(({ title, lines }) => ({
      title: escapeMarkdown(title),
      lines: markdownList(lines.map(escapeMarkdown)),
    })),
  });
}

interface ProcedureView {
  readonly title: string;
  readonly before: string;
  readonly steps: readonly StepView[];
  readonly after: string;
}

function procedureView({ title, before, steps, after }: Procedure, context: LinkContext): ProcedureView {
  const text = (blocks: Procedure['before']): string =>
    (blocks ?? []).map((block) => blockText(block, context)).join('\n\n');
  return { title, before: text(before), steps: stepViews(steps ?? [], context), after: text(after) };
}

function contentsOf({ procedures }: Runbook): string {
  const { verification, undo, messages } = runbookFrame;
  const headings = [...procedures.map(({ title }) => title), verification, undo, messages];
  return headings.map((heading) => `[${heading}](#${anchorOf(heading)})`).join(' · ');
}

/** Whose service is whose: the owner of the service runs this runbook, or is called. */
function ownersTable({ model }: Pack): string {
  const rows = model.services.map(({ name, team, url }) => [
    `\`${name}\``,
    escapeMarkdown(team),
    codeSpan(urlOnHost(url)),
    escapeMarkdown(model.environment),
  ]);
  return markdownTable(['Service', 'Owner', 'Answers at', 'Environment'], rows);
}
