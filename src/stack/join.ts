/** Everything that is generated, joined by name: ids resolved, links complete in both directions, all problems at once. */
import type { Alert, RecordingRule } from '../alerts/alert.ts';
import type { Inhibition } from '../alerts/inhibition.ts';
import type { Dashboard } from '../dashboards/panel.ts';
import type { Model } from '../model/model.ts';
import { answerable } from '../model/sources.ts';
import { defaultAlertKnobs } from '../objectives/alert-knobs.ts';
import type { RenderContext } from '../promql/render-context.ts';
import { metaAlertNames } from '../runbooks/alert-ids.ts';
import type { AlertPage, Runbook } from '../runbooks/runbook.ts';
import { alertPanels } from './alert-panels.ts';
import { joinAlerts, sourcedAlert } from './join-alerts.ts';
import { checkDashboards, joinDashboards } from './join-dashboards.ts';
import { joinInhibitions } from './join-inhibitions.ts';
import { type LinkProblems, linkProblems } from './link-problems.ts';
import type { Pack } from './pack.ts';
import { sourcedDashboards } from './sourced-dashboards.ts';

/** What is joined, as its own folders made it. */
export interface Parts {
  readonly dashboards: readonly Dashboard[];
  readonly alerts: readonly Alert[];
  readonly metaAlerts: readonly Alert[];
  readonly records: readonly RecordingRule[];
  readonly inhibitions: readonly Inhibition[];
  readonly runbooks: readonly Runbook[];
  readonly pages: readonly AlertPage[];
}

/** @throws TELLTALE_LINK naming every id that does not resolve, and what is known in its place */
export function join(model: Model, parts: Parts): Pack {
  const problems = linkProblems();
  const rules = contextOf(model, 'rule');
  const disabled: readonly string[] = model.disabledAlerts;
  const alerts = [...parts.alerts, ...parts.metaAlerts]
    .filter(({ name }) => !disabled.includes(name))
    .flatMap((alert) => sourcedAlert(alert, model, rules) ?? []);
  const alertNames = namesOf(parts);
  const sourced = sourcedDashboards(parts.dashboards, model);
  const panels = alertPanels(alerts, { written: parts.dashboards, sourced }, problems);
  const dashboards = joinDashboards({ dashboards: sourced, alerts, alertPanels: panels, links: model.links });
  checkDashboards(parts.dashboards, alertNames, problems);
  const mutings = joinInhibitions(parts.inhibitions, alerts, { names: alertNames, problems });
  checkPages(parts, alertNames, problems);
  const joined = joinAlerts(
    {
      model,
      alerts,
      meta: parts.metaAlerts.map(({ name }) => name),
      pages: parts.pages,
      dashboards,
      alertPanels: panels,
      mutings,
      context: rules,
    },
    problems,
  );
  problems.throwAny();
  return {
    model,
    rules,
    panels: contextOf(model, 'panel'),
    dashboards,
    alerts: joined,
    records: parts.records.filter(({ expression }) => answerable(model, expression.metrics)),
    inhibitions: parts.inhibitions,
    runbooks: parts.runbooks,
  };
}

function contextOf({ naming, identity }: Model, scope: RenderContext['scope']): RenderContext {
  return { naming, identity, scope };
}

/** Every alert that exists, those that this model disables or has no source for included. */
function namesOf({ alerts, metaAlerts }: Parts): readonly string[] {
  const names = [...alerts, ...metaAlerts].map(({ name }) => name);
  return [...new Set([...Object.keys(defaultAlertKnobs), ...metaAlertNames, ...names])];
}

function checkPages({ pages, runbooks }: Parts, alertNames: readonly string[], problems: LinkProblems): void {
  const ids = runbooks.map(({ id }) => id);
  for (const page of pages) {
    if (!alertNames.includes(page.alert)) problems.unknown(`page "${page.alert}" to alert "${page.alert}"`, alertNames);
    for (const id of page.runbooks) {
      if (!ids.includes(id)) problems.unknown(`page "${page.alert}" to runbook "${id}"`, ids);
    }
  }
}
