/** The page of an alert as Markdown. */
import { humanDuration } from '../objectives/in-words.ts';
import { clockTime } from '../runbooks/clock-time.ts';
import type { JoinedAlert, Pack } from '../stack/pack.ts';
import { escapeMarkdown } from '../runbooks/escape-markdown.ts';
import { anchorOf, codeFence, markdownList } from './markdown.ts';
import { silenceCommands, tuningText } from './alert-page-commands.ts';
import { stepViews } from './runbook-blocks.ts';
import { renderTemplate } from './runbook-handlebars.ts';
import { type LinkContext, linkedTable, resolveLinks } from './runbook-links.ts';
import { alertFrame, alertPagePage, originOf } from './runbook-page.ts';
import { relatedOfAlert } from './runbook-related.ts';
import { setUpText } from './runbook-set-up.ts';
import { alertPageTemplate } from './runbook-templates.ts';

/** The text of `runbooks/alerts/<AlertName>.md`. */
export function alertPageText(joined: JoinedAlert, pack: Pack): string {
  const { page: content } = joined;
  const page = alertPagePage(content);
  const context: LinkContext = { pack, page };
  const link = (text: string): string => resolveLinks(text, context);
  const list = (items: readonly string[]): string => markdownList(items.map(link));
  const silence = silenceCommands(joined, pack);
  return renderTemplate(alertPageTemplate, {
    origin: originOf(page),
    frame: alertFrame,
    name: joined.alert.name,
    meaning: link(content.meaning),
    facts: list(factsOf(joined)),
    contents: contentsLine(),
    impact: link(content.impact),
    judge: list(content.judge),
    setUp: setUpText(context, [silence]),
    firstFive: stepViews(content.firstFiveMinutes, context),
    panel: panelLine(joined),
    isItReal: stepViews(content.isItReal, context),
    causes: linkedTable(
      ['Symptom', 'Cause', 'Check'],
      content.causes.map(({ symptom, cause, check }) => [symptom, cause, check]),
      context,
    ),
    mitigationNote: mitigationNote(joined),
    mitigation: stepViews(content.mitigation, context),
    recovered: stepViews(content.recovered, context),
    escalate: list(content.escalate),
    falsePositives: list(content.falsePositives),
    silence: `Silence it for two hours, with a reason, rather than ignoring it:\n\n${codeFence('sh', silence)}`,
    rule: ruleText(joined),
    why: list(content.why),
    tuning: tuningText(joined, pack, list),
    related: relatedOfAlert(joined, context),
    afterwards: list(content.afterwards),
  });
}

function factsOf({ alert, inhibitedBy, inhibits, notificationSeconds, panel }: JoinedAlert): readonly string[] {
  return [
    `**Severity:** ${alert.severity}. **Component:** ${alert.component}.`,
    `**From the fault to the notification:** about ${clockTime(notificationSeconds)}.`,
    `**Shown on:** ${panelLink(panel)}.`,
    ...(inhibitedBy.length === 0 ? [] : [`**Muted while one of these fires:** ${alertNames(inhibitedBy)}.`]),
    ...(inhibits.length === 0 ? [] : [`**Mutes while it fires:** ${alertNames(inhibits)}.`]),
  ];
}

function alertNames(alerts: readonly string[]): string {
  return alerts.map((name) => `[[alert:${name}]]`).join(', ');
}

function contentsLine(): string {
  const { firstFive, isItReal, causes, mitigation, recovered, escalate, silence, rule } = alertFrame;
  const headings = [firstFive, isItReal, causes, mitigation, recovered, escalate, silence, rule];
  return headings.map((heading) => `[${heading}](#${anchorOf(heading)})`).join(' · ');
}

function panelLine({ panel }: JoinedAlert): string {
  return `The panel that shows it: ${panelLink(panel)}. The link in the notification has the service and the time filled in.`;
}

function panelLink({ panel, url }: JoinedAlert['panel']): string {
  return `[${escapeMarkdown(panel.title)}](${url})`;
}

function mitigationNote({ page }: JoinedAlert): string {
  const dangerous = page.mitigation.some(({ destructive }) => destructive !== undefined);
  const order = 'Take the first one that fits. What can be undone comes first';
  return dangerous ? `${order}; steps that lose data come last and are marked.` : `${order}; nothing here loses data.`;
}

function ruleText({ alert, branches }: JoinedAlert): string {
  const holds =
    alert.for === undefined ? 'It fires at once' : `It fires when this holds for ${humanDuration(alert.for)}`;
  const keeps =
    alert.keepFiringFor === undefined
      ? ''
      : `, and keeps firing for ${humanDuration(alert.keepFiringFor)} after it stopped holding`;
  const ways = branches.map(
    ({ describes, expression }) => `${capitalised(describes)}:\n\n${codeFence('promql', expression)}`,
  );
  const intro = branches.length === 1 ? `${holds}${keeps}:` : `${holds}${keeps}. Any one of these is enough:`;
  return [intro, ...ways].join('\n\n');
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
