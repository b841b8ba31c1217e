/**
 * Lints the emitted dashboards: all 17 rules of grafana/dashboard-linter in strict mode, and those that a generator can
 * ask of itself beyond them. No rule is switched off; single targets whose series cannot carry job and instance say why.
 */
import type { Dashboard as DashboardJson } from '@grafana/grafana-foundation-sdk/dashboard';
import { emitDashboard } from '../emit/dashboard.ts';
import { metricsOf } from '../model/sources.ts';
import { knownSeries } from '../promql/catalog-check.ts';
import { coverageRules } from './dashboard-coverage-rules.ts';
import { layoutRules } from './dashboard-layout-rules.ts';
import { legendRules } from './dashboard-legend-rules.ts';
import { objectiveRules } from './dashboard-objective-rules.ts';
import { panelRules } from './dashboard-panel-rules.ts';
import type { DashboardProblem, DashboardRule, LintPack, LintSubject } from './dashboard-problem.ts';
import { queryRules } from './dashboard-query-rules.ts';
import { templateRules } from './dashboard-template-rules.ts';

export const dashboardRules: readonly DashboardRule[] = [
  ...templateRules,
  ...panelRules,
  ...queryRules,
  ...layoutRules,
  ...legendRules,
  ...objectiveRules,
  ...coverageRules,
];

/** Every problem of the dashboards of a pack; none when they are fit to be emitted. */
export function lintDashboards(pack: LintPack): readonly DashboardProblem[] {
  const subject = subjectOf(pack);
  return dashboardRules.flatMap(({ check }) => check(subject));
}

/** What `lintDashboards` looks at: the dashboards as data, and as the JSON that is written. */
export function subjectOf(pack: LintPack): LintSubject {
  return {
    pack,
    known: knownSeries(metricsOf(pack.model), pack.panels),
    dashboards: pack.dashboards.map((joined) => ({
      joined,
      json: JSON.parse(emitDashboard(joined, pack)) as DashboardJson,
    })),
  };
}
