/** Ways to break dashboards that are fit to be emitted, each in one place. */
import type { Dashboard as DashboardJson, Panel as PanelJson } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Panel } from '../../src/dashboards/panel.ts';
import { subjectOf } from '../../src/lint/dashboard-lint.ts';
import { type LintSubject, panelsIn } from '../../src/lint/dashboard-problem.ts';

export type Break = (subject: LintSubject) => LintSubject;

/** Changes the JSON of the API dashboard. */
export function inJson(change: (json: DashboardJson) => void): Break {
  return (subject) => ({
    ...subject,
    dashboards: subject.dashboards.map((dashboard, index) => {
      if (index > 0) return dashboard;
      const json = structuredClone(dashboard.json);
      change(json);
      return { ...dashboard, json };
    }),
  });
}

/** Changes the JSON of its panel "In flight", whose query is a plain one. */
export function inPanelJson(change: (panel: PanelJson) => void): Break {
  return inJson((json) => {
    const panel = panelsIn(json).find(({ title }) => title === 'Requests in flight');
    if (panel !== undefined) change(panel);
  });
}

/** Gives that panel another query. */
export function asking(expr: string): Break {
  return inPanelJson((panel) => {
    Object.assign(panel.targets?.[0] ?? {}, { expr });
  });
}

/** Changes a panel as data, and emits all of it again. */
export function inData(key: string, change: (panel: Panel) => Panel): Break {
  return ({ pack }) =>
    subjectOf({
      ...pack,
      dashboards: pack.dashboards.map((joined) => ({
        ...joined,
        rows: joined.rows.map((row) => ({
          ...row,
          panels: row.panels.map((one) => (one.panel.key === key ? { ...one, panel: change(one.panel) } : one)),
        })),
      })),
    });
}

export function variable(name: string, change: object): Break {
  return inJson((json) => {
    Object.assign(json.templating.list?.find((candidate) => candidate.name === name) ?? {}, change);
  });
}

export function withoutThresholds({ thresholds: _thresholds, ...panel }: Panel): Panel {
  return panel;
}
