/** Nothing is recorded in vain, and nothing fires unseen: metrics, alerts and panels find each other. */
import { seriesOfPreset } from '../catalog/presets/all-presets.ts';
import { metricsOf } from '../model/sources.ts';
import { eachJoinedPanel } from './dashboard-each.ts';
import { type DashboardProblem, type DashboardRule, joinedPanels, type LintSubject } from './dashboard-problem.ts';

export const coverageRules: readonly DashboardRule[] = [
  { name: 'metric-coverage-rule', check: unusedMetrics },
  { name: 'metric-exemption-rule', check: needlesslyExempt },
  { name: 'alert-coverage-rule', check: unseenAlerts },
  eachJoinedPanel('related-panel-rule', ({ panel }, { dashboards }) => {
    const uids = new Set(dashboards.map(({ joined }) => joined.dashboard.uid));
    return (panel.related ?? [])
      .filter(({ dashboard }) => !uids.has(dashboard))
      .map(({ dashboard }) => `leads to dashboard "${dashboard}", which does not exist`);
  }),
];

function unusedMetrics(subject: LintSubject): readonly DashboardProblem[] {
  const { model } = subject.pack;
  const used = usedMetrics(subject);
  // Those of a preset are there for the dashboards that the user has already.
  const ofPreset = new Set(seriesOfPreset(model.naming).map(({ entry }) => entry.name));
  return metricsOf(model)
    .filter(({ name, forDashboardsOf }) => !used.has(name) && !ofPreset.has(name) && forDashboardsOf === undefined)
    .map(({ name }) => problemOf('metric-coverage-rule', `metric "${name}" is on no panel and in no alert`));
}

function needlesslyExempt(subject: LintSubject): readonly DashboardProblem[] {
  const used = usedMetrics(subject);
  return metricsOf(subject.pack.model).flatMap(({ name, forDashboardsOf: library }) =>
    library === undefined || !used.has(name)
      ? []
      : [
          problemOf(
            'metric-exemption-rule',
            `metric "${name}" is on a panel or in an alert of ours, and still declared as forDashboardsOf "${library}"`,
          ),
        ],
  );
}

/** Names of what panels, alerts and recording rules ask for. */
function usedMetrics({ pack, dashboards }: LintSubject): ReadonlySet<string> {
  const panels = dashboards.flatMap(({ joined }) => joinedPanels(joined));
  const expressions = [
    ...panels.flatMap(({ panel }) => panel.targets.map(({ expression }) => expression)),
    ...pack.alerts.flatMap(({ alert }) => alert.branches.map(({ expression }) => expression)),
    ...pack.records.map(({ expression }) => expression),
  ];
  return new Set(expressions.flatMap(({ metrics }) => metrics.map(({ name }) => name)));
}

/** Of the pack as a whole. */
function problemOf(rule: string, message: string): DashboardProblem {
  return { rule, dashboard: '', message };
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
