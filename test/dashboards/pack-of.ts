/** The dashboards of a config, joined as `stack/` joins them, without the runbooks that tests of dashboards do not need. */
import { allAlerts, allMetaAlerts } from '../../src/alerts/all-alerts.ts';
import { allRecords } from '../../src/alerts/recording-rules.ts';
import type { Config } from '../../src/config/config.ts';
import { toModel } from '../../src/config/to-model.ts';
import { allDashboards } from '../../src/dashboards/all-dashboards.ts';
import type { Dashboard } from '../../src/dashboards/panel.ts';
import { alertPanels } from '../../src/stack/alert-panels.ts';
import { joinDashboards } from '../../src/stack/join-dashboards.ts';
import { linkProblems } from '../../src/stack/link-problems.ts';
import type { JoinedDashboard, JoinedPanel } from '../../src/stack/pack.ts';
import { sourcedDashboards } from '../../src/stack/sourced-dashboards.ts';
import type { DashboardPack } from '../../src/emit/dashboard-source.ts';
import type { Alert, RecordingRule } from '../../src/alerts/alert.ts';

export interface TestPack extends DashboardPack {
  readonly alerts: readonly { readonly alert: Alert }[];
  readonly records: readonly RecordingRule[];
}

export function packOf(config: Config = {}, written?: readonly Dashboard[]): TestPack {
  const model = toModel(config);
  const dashboards = written ?? allDashboards(model);
  const alerts = [...allAlerts(model), ...allMetaAlerts(model)];
  const problems = linkProblems();
  const sourced = sourcedDashboards(dashboards, model);
  const panels = alertPanels(alerts, { written: dashboards, sourced }, problems);
  problems.throwAny();
  return {
    model,
    panels: { naming: model.naming, identity: model.identity, scope: 'panel' },
    dashboards: joinDashboards({ dashboards: sourced, alerts, alertPanels: panels, links: model.links }),
    alerts: alerts.map((alert) => ({ alert })),
    records: allRecords(model),
  };
}

export function panelsOf({ rows }: JoinedDashboard): readonly JoinedPanel[] {
  return rows.flatMap(({ panels }) => panels);
}
