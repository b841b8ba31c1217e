/** What belongs together, computed from the pack: never listed by hand. */
import type { Runbook } from '../runbooks/runbook.ts';
import type { JoinedAlert, Pack } from '../stack/pack.ts';
import { type LinkContext, linkedTable, resolveLinks } from './runbook-links.ts';

/** Alerts that lead to a runbook, and alerts that its text names. */
export function alertsOfRunbook(runbook: Runbook, pack: Pack): readonly JoinedAlert[] {
  const text = JSON.stringify(runbook);
  return pack.alerts.filter(
    ({ alert, page }) => page.runbooks.includes(runbook.id) || text.includes(`[[alert:${alert.name}]]`),
  );
}

export function relatedOfRunbook(runbook: Runbook, context: LinkContext): string {
  const alerts = alertsOfRunbook(runbook, context.pack);
  const uids = new Set<string>([...runbook.dashboards, ...alerts.map(({ panel }) => panel.dashboard)]);
  const dashboards = context.pack.dashboards.filter(({ dashboard }) => uids.has(dashboard.uid));
  const alertRows = alerts.map(({ alert, page }) => [
    `[[alert:${alert.name}]]`,
    alert.severity,
    page.runbooks.includes(runbook.id) ? 'leads here' : 'is named here',
  ]);
  const dashboardRows = dashboards.map(({ dashboard }) => [`[[dashboard:${dashboard.uid}]]`, dashboard.description]);
  const tables = [
    { columns: ['Alert', 'Severity', 'How'], rows: alertRows },
    { columns: ['Dashboard', 'Answers'], rows: dashboardRows },
  ];
  return tables
    .filter(({ rows }) => rows.length > 0)
    .map(({ columns, rows }) => linkedTable(columns, rows, context))
    .join('\n\n');
}

/** Alerts that mute it, that it mutes, and that share its panel; with the reason where a rule gives one. */
export function relatedOfAlert(joined: JoinedAlert, context: LinkContext): string {
  const { pack } = context;
  const name = joined.alert.name;
  const muted = new Set([...joined.inhibitedBy, ...joined.inhibits]);
  const beside = joined.panel.alerts.filter((other) => other !== name && !muted.has(other));
  const rows = [
    ...joined.inhibitedBy.map((other) => [other, 'mutes this one', reasonOf(pack, other, name)]),
    ...joined.inhibits.map((other) => [other, 'is muted by this one', reasonOf(pack, name, other)]),
    ...beside.map((other) => [other, 'is shown on the same panel', '']),
  ].map(([other = '', ...rest]) => [`[[alert:${other}]]`, ...rest]);
  const runbooks = joined.page.runbooks.map((id) => `[[runbook:${id}]]`).join(', ');
  const table =
    rows.length === 0
      ? 'No alert mutes this one, and it mutes none.'
      : linkedTable(['Alert', 'Relation', 'Why'], rows, context);
  const more = [`Runbooks: ${runbooks}.`, `Dashboard: [[dashboard:${joined.panel.dashboard}]].`].join(' ');
  return `${table}\n\n${resolveLinks(more, context)}`;
}

function reasonOf(pack: Pack, source: string, target: string): string {
  const rule = pack.inhibitions.find(
    (inhibition) => names(inhibition.source).includes(source) && names(inhibition.target).includes(target),
  );
  return rule?.reason ?? '';
}

function names(matchers: Readonly<Record<string, string | readonly string[]>>): readonly string[] {
  const value = matchers['alertname'] ?? [];
  return typeof value === 'string' ? [value] : value;
}
