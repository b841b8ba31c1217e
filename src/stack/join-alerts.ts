/** Alerts with their panel, their page, their links and what mutes them. */
import { alertExpression, type Alert } from '../alerts/alert.ts';
import type { Model } from '../model/model.ts';
import { answerable } from '../model/sources.ts';
import type { RenderContext } from '../promql/render-context.ts';
import type { AlertPage } from '../runbooks/runbook.ts';
import { dashboardUrl, notificationSeconds, pagePath, runbookUrl } from './alert-links.ts';
import { type AlertPanels, panelName } from './alert-panels.ts';
import type { Muting } from './join-inhibitions.ts';
import type { LinkProblems } from './link-problems.ts';
import type { JoinedAlert, JoinedDashboard, JoinedPanel } from './pack.ts';

export interface AlertParts {
  readonly model: Model;
  readonly alerts: readonly Alert[];
  /** Names of the alerts among them by which the stack watches itself. */
  readonly meta: readonly string[];
  readonly pages: readonly AlertPage[];
  readonly dashboards: readonly JoinedDashboard[];
  readonly alertPanels: AlertPanels;
  readonly mutings: readonly Muting[];
  readonly context: RenderContext;
}

/**
 * The alert without branches that the model has no source for, or nothing to apply them to (an `or` over no backup is
 * empty); `undefined` when none is left.
 */
export function sourcedAlert(alert: Alert, model: Model, context: RenderContext): Alert | undefined {
  const branches = alert.branches.filter(
    ({ expression }) => answerable(model, expression.metrics) && expression.render(context) !== '',
  );
  return branches.length === 0 ? undefined : { ...alert, branches };
}

export function joinAlerts(parts: AlertParts, problems: LinkProblems): readonly JoinedAlert[] {
  const panels = parts.dashboards.flatMap(({ rows }) => rows.flatMap((row) => row.panels));
  const byName = new Map(panels.map((panel) => [panelName(panel.dashboard, panel.panel.key), panel]));
  return parts.alerts.flatMap((alert) => {
    const page = parts.pages.find((candidate) => candidate.alert === alert.name);
    if (page === undefined)
      problems.unknown(`alert "${alert.name}" to page "${pagePath(alert.name)}"`, pageNames(parts));
    const panel = byName.get(parts.alertPanels.get(alert.name) ?? '');
    return panel === undefined || page === undefined ? [] : [joinAlert(alert, { panel, page }, parts)];
  });
}

function joinAlert(
  alert: Alert,
  { panel, page }: { readonly panel: JoinedPanel; readonly page: AlertPage },
  { model, meta, mutings, context }: AlertParts,
): JoinedAlert {
  const expression = alertExpression(alert).render(context);
  return {
    alert,
    kind: meta.includes(alert.name) ? 'meta' : 'service',
    expression,
    branches: alert.branches.map(({ id, describes, expression }) => ({
      id,
      describes,
      expression: expression.render(context),
    })),
    panel,
    pagePath: pagePath(alert.name),
    runbookUrl: runbookUrl(alert.name, model.links),
    dashboardUrl: dashboardUrl(alert, panel, context, expression),
    page,
    inhibitedBy: mutings.filter(({ target }) => target === alert.name).map(({ source }) => source),
    inhibits: mutings.filter(({ source }) => source === alert.name).map(({ target }) => target),
    notificationSeconds: notificationSeconds(alert, model.timing),
  };
}

function pageNames({ pages }: AlertParts): readonly string[] {
  return pages.map(({ alert }) => alert);
}
