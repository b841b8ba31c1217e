/** Dashboards with ids, links to alerts in both directions, and URLs. */
import type { Alert } from '../alerts/alert.ts';
import type { CellLink, Dashboard, Panel, TablePanel } from '../dashboards/panel.ts';
import type { Links } from '../model/model.ts';
import { type AlertPanels, panelName, panelNames } from './alert-panels.ts';
import type { LinkProblems } from './link-problems.ts';
import type { JoinedDashboard, JoinedPanel } from './pack.ts';
import { panelId } from './panel-id.ts';

export interface DashboardParts {
  /** What the model can answer. */
  readonly dashboards: readonly Dashboard[];
  readonly alerts: readonly Alert[];
  readonly alertPanels: AlertPanels;
  readonly links: Links;
}

export function joinDashboards(parts: DashboardParts): readonly JoinedDashboard[] {
  return parts.dashboards.map((dashboard) => ({
    dashboard,
    rows: dashboard.rows.map(({ title, collapsed = false, panels }) => ({
      title,
      collapsed,
      panels: panels.map((panel) => joinPanel(panel, dashboard, parts)),
    })),
  }));
}

/** Names that dashboards use must exist, whether the model has a source for them or not. */
export function checkDashboards(
  dashboards: readonly Dashboard[],
  alertNames: readonly string[],
  problems: LinkProblems,
): void {
  const names = panelNames(dashboards);
  for (const { uid, rows } of dashboards) {
    const panels = rows.flatMap((row) => row.panels);
    checkIds(uid, [...panels.map(({ key }) => key), ...rows.map(({ title }) => `row: ${title}`)], problems);
    for (const panel of panels) {
      const place = `panel "${panelName(uid, panel.key)}"`;
      for (const alert of panel.alerts ?? []) {
        if (!alertNames.includes(alert)) problems.unknown(`${place} to alert "${alert}"`, alertNames);
      }
      for (const target of cellTargets(panel)) {
        if (!names.includes(target)) problems.unknown(`a cell of ${place} to panel "${target}"`, names);
      }
    }
  }
}

function joinPanel(panel: Panel, { uid }: Dashboard, parts: DashboardParts): JoinedPanel {
  const id = panelId(uid, panel.key);
  const name = panelName(uid, panel.key);
  return {
    panel: panel.type === 'table' ? withLivingLinks(panel, panelNames(parts.dashboards)) : panel,
    dashboard: uid,
    id,
    alerts: parts.alerts
      .map((alert) => alert.name)
      .filter((alert) => parts.alertPanels.get(alert) === name || panel.alerts?.includes(alert)),
    url: `${parts.links.grafana}/d/${encodeURIComponent(uid)}?viewPanel=${id}`,
  };
}

/** A cell does not lead to a panel that the model cannot answer. */
function withLivingLinks(panel: TablePanel, names: readonly string[]): TablePanel {
  const dead = (link: CellLink): boolean =>
    'panel' in link && !names.includes(panelName(link.panel.dashboard, link.panel.panel));
  const columns = panel.columns.map(({ link, ...column }) =>
    link === undefined || dead(link) ? column : { ...column, link },
  );
  return { ...panel, columns };
}

function cellTargets(panel: Panel): readonly string[] {
  if (panel.type !== 'table') return [];
  return panel.columns.flatMap(({ link }) =>
    link !== undefined && 'panel' in link ? [panelName(link.panel.dashboard, link.panel.panel)] : [],
  );
}

/** Rows have ids too: `emit/dashboard.ts` makes them from their titles. */
function checkIds(uid: string, keys: readonly string[], problems: LinkProblems): void {
  const byId = new Map<number, string>();
  for (const key of keys) {
    const id = panelId(uid, key);
    const other = byId.get(id);
    if (other !== undefined)
      problems.add(
        `Cannot give panel "${panelName(uid, key)}" an id as "${panelName(uid, other)}" has the same, ${id}: rename one of the keys`,
      );
    byId.set(id, key);
  }
}
