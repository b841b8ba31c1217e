/** Nothing is recorded in vain, and nothing fires unseen: metrics, alerts and panels find each other. */
import { seriesOfPreset } from '../catalog/presets/all-presets.ts';
import { metricsOf } from '../model/sources.ts';
import { eachJoinedPanel } from './dashboard-each.ts';
import { type DashboardProblem, type DashboardRule, joinedPanels, type LintSubject } from './dashboard-problem.ts';

export const coverageRules: readonly DashboardRule[] = [
  { name: 'metric-coverage-rule', check: unusedMetrics },
  { name: 'alert-coverage-rule', check: unseenAlerts },
  eachJoinedPanel('related-panel-rule', ({ panel }, { dashboards }) => {
    const uids = new Set(dashboards.map(({ joined }) => joined.dashboard.uid));
    return (panel.related ?? [])
      .filter(({ dashboard }) => !uids.has(dashboard))
      .map(({ dashboard }) => `leads to dashboard "${dashboard}", which does not exist`);
  }),
];

function unusedMetrics({ pack, dashboards }: LintSubject): readonly DashboardProblem[] {
  const panels = dashboards.flatMap(({ joined }) => joinedPanels(joined));
  const expressions = [
    ...panels.flatMap(({ panel }) => panel.targets.map(({ expression }) => expression)),
    ...pack.alerts.flatMap(({ alert }) => alert.branches.map(({ expression }) => expression)),
    ...pack.records.map(({ expression }) => expression),
  ];
  const used = new Set(expressions.flatMap(({ metrics }) => metrics.map(({ name }) => name)));
  // Those of a preset are there for the dashboards that the user has already.
  const ofPreset = new Set(seriesOfPreset(pack.model.naming).map(({ entry }) => entry.name));
  return metricsOf(pack.model)
    .filter(({ name }) => !used.has(name) && !ofPreset.has(name))
    .map(({ name }) => ({
      rule: 'metric-coverage-rule',
      dashboard: '',
      message: `metric "${name}" is on no panel and in no alert`,
    }));
}

function unseenAlerts({ pack, dashboards }: LintSubject): readonly DashboardProblem[] {
  const seen = new Set(dashboards.flatMap(({ joined }) => joinedPanels(joined).flatMap(({ alerts }) => alerts)));
  return pack.alerts
    .filter(({ alert }) => !seen.has(alert.name))
    .map(({ alert }) => ({
      rule: 'alert-coverage-rule',
      dashboard: alert.panel.dashboard,
      message: `alert ${alert.name} is on no panel`,
    }));
}
