/** `[[alert:ServiceDown]]` and its like, resolved against the pack into relative links. */
import { TelltaleError, quoteList } from '../errors.ts';
import { alertPageNames } from '../runbooks/alert-ids.ts';
import { escapeMarkdown } from '../runbooks/escape-markdown.ts';
import type { Markdown } from '../runbooks/runbook.ts';
import type { Pack } from '../stack/pack.ts';
import { anchorOf, markdownTable } from './markdown.ts';
import { type Page, runbookHeadings, stepHeading } from './runbook-page.ts';

export interface LinkContext {
  readonly pack: Pack;
  readonly page: Page;
}

const reference = /\[\[(alert|runbook|dashboard|section|step|prometheus|alertmanager|grafana):([^\]]+)\]\]/g;

/** Markdown with its references as links. An alert that this model does not have is named, not linked. */
export function resolveLinks(text: Markdown, context: LinkContext): string {
  return text.replace(reference, (_, kind: string, id: string) => resolvers[kind as Kind](id, context));
}

/** A table whose cells hold references: resolved first, so that the columns align. */
export function linkedTable(
  columns: readonly string[],
  rows: readonly (readonly Markdown[])[],
  context: LinkContext,
): string {
  return markdownTable(
    columns,
    rows.map((row) => row.map((cell) => resolveLinks(cell, context))),
  );
}

type Tool = 'prometheus' | 'alertmanager' | 'grafana';
type Kind = 'alert' | 'runbook' | 'dashboard' | 'section' | 'step' | Tool;
type Resolver = (id: string, context: LinkContext) => string;

const resolvers: Readonly<Record<Kind, Resolver>> = {
  alert: (id, { pack, page }) => {
    const joined = pack.alerts.find(({ alert }) => alert.name === id);
    if (joined !== undefined) return `[${id}](${page.toAlerts}${id}.md)`;
    const known: readonly string[] = alertPageNames;
    return known.includes(id) ? `\`${id}\`` : unknown(page, `alert "${id}"`, known);
  },
  runbook: (id, { pack, page }) => {
    const [name = '', heading] = id.split('#');
    const found = pack.runbooks.find((runbook) => runbook.id === name);
    if (found === undefined) {
      const known = pack.runbooks.map((runbook) => runbook.id);
      return unknown(page, `runbook "${name}"`, known);
    }
    if (heading === undefined) return `[${found.title}](${page.toRunbooks}${name}.md)`;
    const headings = runbookHeadings(found);
    if (!headings.includes(heading)) return unknown(page, `heading "${heading}" of runbook "${name}"`, headings);
    return `[${found.title}: ${heading}](${page.toRunbooks}${name}.md#${anchorOf(heading)})`;
  },
  dashboard: (id, { pack, page }) => {
    const found = pack.dashboards.find(({ dashboard }) => dashboard.uid === id);
    if (found === undefined) {
      const known = pack.dashboards.map(({ dashboard }) => dashboard.uid);
      return unknown(page, `dashboard "${id}"`, known);
    }
    return `[${escapeMarkdown(found.dashboard.title)}](${pack.model.links.grafana}/d/${id})`;
  },
  section: (id, { page }) =>
    page.headings.includes(id) ? `[${id}](#${anchorOf(id)})` : unknown(page, `section "${id}"`, page.headings),
  step: (id, { page }) => {
    const index = page.steps.findIndex(({ title }) => title === id);
    const step = page.steps[index];
    if (step === undefined) {
      const titles = page.steps.map(({ title }) => title);
      return unknown(page, `step "${id}"`, titles);
    }
    return `[step ${index + 1}](#${anchorOf(stepHeading(step, index))})`;
  },
  prometheus: (path, { pack }) => `<${pack.model.links.prometheus}${path}>`,
  alertmanager: (path, { pack }) => `<${pack.model.links.alertmanager}${path}>`,
  grafana: (path, { pack }) => `<${pack.model.links.grafana}${path}>`,
};

function unknown(page: Page, what: string, known: readonly string[]): never {
  throw new TelltaleError(
    'TELLTALE_LINK',
    `Cannot render "${page.path}" as ${what} does not exist: known are ${quoteList(known)}`,
    {
      fix: `correct the reference: edit ${page.source}`,
    },
  );
}
