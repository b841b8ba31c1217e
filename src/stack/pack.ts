/** Everything that is generated, joined: ids resolved, links complete in both directions, texts rendered from one context. */
import type { Alert, RecordingRule } from '../alerts/alert.ts';
import type { Inhibition } from '../alerts/inhibition.ts';
import type { Dashboard, DashboardUid, Panel } from '../dashboards/panel.ts';
import type { Model } from '../model/model.ts';
import type { RenderContext } from '../promql/render-context.ts';
import type { AlertPage, Runbook } from '../runbooks/runbook.ts';

export interface JoinedPanel {
  readonly panel: Panel;
  readonly dashboard: DashboardUid;
  /** Grafana's panel id: a function of the key, so that links outlive a panel that moves. */
  readonly id: number;
  /** Alerts that name this panel, or that it names. */
  readonly alerts: readonly string[];
  /** `<grafana>/d/<uid>?viewPanel=<id>`, without variables. */
  readonly url: string;
}

export interface JoinedRow {
  readonly title: string;
  readonly collapsed: boolean;
  readonly panels: readonly JoinedPanel[];
}

export interface JoinedDashboard {
  readonly dashboard: Dashboard;
  readonly rows: readonly JoinedRow[];
}

export interface JoinedAlert {
  readonly alert: Alert;
  /** `meta`: the stack watching itself; emitted to `monitoring/`, not counted among the 15. */
  readonly kind: 'service' | 'meta';
  /** The rule's PromQL, as emitted. */
  readonly expression: string;
  /** PromQL of each branch, in order. */
  readonly branches: readonly { readonly id: string; readonly describes: string; readonly expression: string }[];
  readonly panel: JoinedPanel;
  /** `runbooks/alerts/<AlertName>.md`. */
  readonly pagePath: string;
  readonly runbookUrl: string;
  /** Go template: panel URL with environment, service and time range filled from the alert's labels. */
  readonly dashboardUrl: string;
  readonly page: AlertPage;
  /** Alerts that mute this one, and that it mutes. */
  readonly inhibitedBy: readonly string[];
  readonly inhibits: readonly string[];
  /** Expected seconds from fault to notification: scrape + for + evaluation + group_wait. */
  readonly notificationSeconds: number;
}

export interface Pack {
  readonly model: Model;
  /** Context of rules and runbooks; panels use the same with scope `panel`. */
  readonly rules: RenderContext;
  readonly panels: RenderContext;
  readonly dashboards: readonly JoinedDashboard[];
  readonly alerts: readonly JoinedAlert[];
  readonly records: readonly RecordingRule[];
  readonly inhibitions: readonly Inhibition[];
  readonly runbooks: readonly Runbook[];
}
