/** Steps and blocks of a page as Markdown. */
import { clockTime } from '../runbooks/clock-time.ts';
import type { Block, Step } from '../runbooks/runbook.ts';
import { renderScript } from '../runbooks/shell.ts';
import { codeFence, markdownList } from './markdown.ts';
import { type LinkContext, linkedTable, resolveLinks } from './runbook-links.ts';
import { stepHeading } from './runbook-page.ts';

/** What the template of a step prints. */
export interface StepView {
  readonly heading: string;
  readonly note: string;
  readonly destructive: string;
  readonly code: string;
  /** Opens the query in Prometheus. */
  readonly queryUrl: string;
  readonly expected: string;
  readonly otherwise: string;
  readonly takes: string;
}

export function stepViews(steps: readonly Step[], context: LinkContext): readonly StepView[] {
  return steps.map((step) => stepView(step, context));
}

function stepView(step: Step, context: LinkContext): StepView {
  const code = codeOf(step, context);
  return {
    heading: stepHeading(step, context.page.steps.indexOf(step)),
    note: resolveLinks(step.note ?? '', context),
    destructive: resolveLinks(step.destructive ?? '', context),
    code: code === '' ? '' : codeFence(step.language, code),
    queryUrl: step.language === 'promql' ? queryUrl(code, context) : '',
    expected: resolveLinks(step.expected, context),
    otherwise: resolveLinks(step.ifNot, context),
    takes: clockTime(step.minutes * 60),
  };
}

/** The text of a step's command; empty where there is nothing to paste. */
export function codeOf(step: Step, { pack }: Pick<LinkContext, 'pack'>): string {
  switch (step.language) {
    case 'sh':
      return renderScript(step.run, pack.rules);
    case 'sql':
      return step.run.trim();
    case 'promql':
      return step.run.render(pack.rules);
    case 'none':
      return '';
  }
}

export function blockText(block: Block, context: LinkContext): string {
  const link = (text: string): string => resolveLinks(text, context);
  switch (block.kind) {
    case 'text':
      return link(block.text);
    case 'list':
      return markdownList(block.items.map(link));
    case 'checklist':
      return markdownList(block.items.map(link), '- [ ]');
    case 'table':
      return linkedTable(block.columns, block.rows, context);
    case 'alerts':
      return alertTable(context);
    case 'code':
      return codeFence(block.language, block.code.trim());
  }
}

function alertTable(context: LinkContext): string {
  const rows = context.pack.alerts.map(({ alert, page }) => [`[[alert:${alert.name}]]`, alert.severity, page.meaning]);
  return linkedTable(['Alert', 'Severity', 'Means'], rows, context);
}

function queryUrl(query: string, { pack }: LinkContext): string {
  return `${pack.model.links.prometheus}/query?g0.expr=${urlComponent(query)}&g0.tab=table`;
}

/** Parentheses would end a Markdown link. */
function urlComponent(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}
