/** Every query of the dashboards, for the proof that each returns data. */
import type { RenderContext } from '../promql/render-context.ts';
import type { JoinedDashboard } from '../stack/pack.ts';
import { isInstant, refIdOf } from './dashboard-targets.ts';
import { variableQueries } from './dashboard-variables.ts';

/** A query as emitted, with Grafana's variables. */
export interface DashboardQuery {
  /** Uid of the dashboard. */
  readonly dashboard: string;
  /** Key of the panel; `$name` for a variable. */
  readonly panel: string;
  readonly title: string;
  readonly refId: string;
  readonly expression: string;
  /** Whether it asks for one sample at the end of the range. */
  readonly instant: boolean;
  /** What must happen before it has data, where that is not ordinary traffic. */
  readonly quietUnless?: string;
}

/** Queries of every panel, then of every variable: the values of a variable are those of a label on its series. */
export function dashboardQueries({ dashboard, rows }: JoinedDashboard, context: RenderContext): DashboardQuery[] {
  const panels = rows.flatMap((row) => row.panels.map(({ panel }) => panel));
  return [
    ...panels.flatMap((panel) =>
      panel.targets.map((target, index) => {
        const quietUnless = target.quietUnless ?? panel.quietUnless;
        return {
          dashboard: dashboard.uid,
          panel: panel.key,
          title: panel.title,
          refId: refIdOf(index),
          expression: target.expression.render(context),
          instant: isInstant(panel),
          ...(quietUnless === undefined ? {} : { quietUnless }),
        };
      }),
    ),
    ...variableQueries(dashboard.variables ?? [], context).map(({ name, label, ofLabel, series }) => ({
      dashboard: dashboard.uid,
      panel: `$${name}`,
      title: `Variable: ${label}`,
      refId: 'A',
      expression: `group by (${ofLabel}) (${series})`,
      instant: true,
    })),
  ];
}
