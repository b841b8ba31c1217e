/** What the linter of dashboards looks at, and what it reports. */
import type {
  Dashboard as DashboardJson,
  Panel as PanelJson,
  RowPanel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { Alert } from '../alerts/alert.ts';
import type { DashboardPack } from '../emit/dashboard-source.ts';
import type { KnownSeriesByName } from '../promql/catalog-check.ts';
import type { Expression } from '../promql/expression.ts';
import type { JoinedDashboard, JoinedPanel } from '../stack/pack.ts';

export interface DashboardProblem {
  readonly rule: string;
  /** Uid. */
  readonly dashboard: string;
  /** Title; absent where it is about the dashboard. */
  readonly panel?: string;
  readonly message: string;
}

/** The parts of a pack that the linter reads. */
export interface LintPack extends DashboardPack {
  readonly alerts: readonly { readonly alert: Alert }[];
  readonly records: readonly { readonly expression: Expression }[];
}

/** A dashboard as data and as emitted. */
export interface LintedDashboard {
  readonly joined: JoinedDashboard;
  readonly json: DashboardJson;
}

export interface LintSubject {
  readonly pack: LintPack;
  readonly known: KnownSeriesByName;
  readonly dashboards: readonly LintedDashboard[];
}

/** One check, under the name that its problems carry. */
export interface DashboardRule {
  readonly name: string;
  readonly check: (subject: LintSubject) => readonly DashboardProblem[];
}

/** Panels of the emitted dashboard, those in collapsed rows included. */
export function panelsIn(json: DashboardJson): readonly PanelJson[] {
  return (json.panels ?? []).flatMap((panel) => (isRow(panel) ? panel.panels : [panel]));
}

export function isRow(panel: PanelJson | RowPanel): panel is RowPanel {
  return panel.type === 'row';
}

/** Panels of the dashboard as data. */
export function joinedPanels({ rows }: JoinedDashboard): readonly JoinedPanel[] {
  return rows.flatMap(({ panels }) => panels);
}
