/** Rules made of one question, asked of each dashboard, panel or query. An answer is a problem. */
import type { Panel as PanelJson } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Target } from '../dashboards/panel.ts';
import type { JoinedPanel } from '../stack/pack.ts';
import {
  type DashboardRule,
  joinedPanels,
  type LintedDashboard,
  type LintSubject,
  panelsIn,
} from './dashboard-problem.ts';

export function eachDashboard(
  name: string,
  problemsOf: (dashboard: LintedDashboard, subject: LintSubject) => readonly string[],
): DashboardRule {
  return {
    name,
    check: (subject) =>
      subject.dashboards.flatMap((dashboard) =>
        problemsOf(dashboard, subject).map((message) => ({
          rule: name,
          dashboard: dashboard.joined.dashboard.uid,
          message,
        })),
      ),
  };
}

/** Each panel as emitted. */
export function eachPanel(name: string, problemsOf: (panel: PanelJson) => readonly string[]): DashboardRule {
  return {
    name,
    check: ({ dashboards }) =>
      dashboards.flatMap(({ joined, json }) =>
        panelsIn(json).flatMap((panel) =>
          problemsOf(panel).map((message) => ({
            rule: name,
            dashboard: joined.dashboard.uid,
            panel: panel.title ?? '',
            message,
          })),
        ),
      ),
  };
}

/** Each panel as data. */
export function eachJoinedPanel(
  name: string,
  problemsOf: (panel: JoinedPanel, subject: LintSubject) => readonly string[],
): DashboardRule {
  return {
    name,
    check: (subject) =>
      subject.dashboards.flatMap(({ joined }) =>
        joinedPanels(joined).flatMap((panel) =>
          problemsOf(panel, subject).map((message) => ({
            rule: name,
            dashboard: joined.dashboard.uid,
            panel: panel.panel.title,
            message,
          })),
        ),
      ),
  };
}

/** A query as emitted, with the target that it was emitted from. */
export interface LintedQuery {
  readonly refId: string;
  readonly expression: string;
  readonly target: Target | undefined;
  readonly panel: PanelJson;
}

/** Each query of each panel. */
export function eachQuery(
  name: string,
  problemsOf: (query: LintedQuery, subject: LintSubject) => readonly string[],
): DashboardRule {
  return {
    name,
    check: (subject) =>
      subject.dashboards.flatMap((dashboard) =>
        queriesOf(dashboard).flatMap((query) =>
          problemsOf(query, subject).map((message) => ({
            rule: name,
            dashboard: dashboard.joined.dashboard.uid,
            panel: query.panel.title ?? '',
            message: `target ${query.refId} ${message}`,
          })),
        ),
      ),
  };
}

function queriesOf({ joined, json }: LintedDashboard): readonly LintedQuery[] {
  const byId = new Map(joinedPanels(joined).map(({ id, panel }) => [id, panel]));
  return panelsIn(json).flatMap((panel) =>
    (panel.targets ?? []).map((target, index) => ({
      refId: textOf(target, 'refId'),
      expression: textOf(target, 'expr'),
      target: byId.get(panel.id ?? 0)?.targets[index],
      panel,
    })),
  );
}

/** The SDK knows no fields of a query of any data source. */
export function textOf(target: object, field: string): string {
  const value = (target as Readonly<Record<string, unknown>>)[field];
  return typeof value === 'string' ? value : '';
}
