/** Links of panels, cells and dashboards. Variables and the time range travel along. */
import { DashboardLinkBuilder, DashboardLinkType } from '@grafana/grafana-foundation-sdk/dashboard';
import type { CellLink, DashboardUid, PanelReference } from '../dashboards/panel.ts';
import { pagePath } from '../stack/alert-links.ts';
import type { JoinedDashboard, JoinedPanel } from '../stack/pack.ts';
import { panelId } from '../stack/panel-id.ts';
import type { DashboardPack } from './dashboard-source.ts';
import { variableNames } from './dashboard-variables.ts';

/** Grafana fills these in links of panels and cells. */
const timeRange = '${__url_time_range}';
const allVariables = '${__all_variables}';

/** Text of the cell that a link starts from, escaped. */
const cellText = '${__value.raw:percentencode}';

/** Pages of the alerts that a panel explains, panels where the search goes on, and pages elsewhere. */
export function panelLinks({ panel, alerts }: JoinedPanel, pack: DashboardPack): DashboardLinkBuilder[] {
  return [
    ...alerts.map((alert) => outside(`Runbook: ${alert}`, `${pack.model.links.runbooks}/${pagePath(alert)}`)),
    ...(panel.related ?? []).flatMap((reference) => related(reference, pack)),
    ...(panel.links ?? []).map(({ title, url }) => outside(title, url)),
  ];
}

/** The other dashboards. */
export function dashboardLinks(uid: DashboardUid, dashboards: readonly JoinedDashboard[]): DashboardLinkBuilder[] {
  return dashboards
    .map(({ dashboard }) => dashboard)
    .filter((dashboard) => dashboard.uid !== uid)
    .map((dashboard) =>
      new DashboardLinkBuilder(dashboard.title)
        .type(DashboardLinkType.Link)
        .url(`/d/${dashboard.uid}`)
        .icon('dashboard')
        .tooltip(dashboard.description)
        .includeVars(true)
        .keepTime(true),
    );
}

/** The address that a cell leads to. */
export function cellUrl(link: CellLink): string {
  if ('url' in link) return link.url.replaceAll('${cell}', cellText);
  const kept = variableNames.filter((name) => name !== link.variable).map((name) => `\${${name}:queryparam}`);
  const chosen = link.variable === undefined ? [] : [`var-${link.variable}=${cellText}`];
  return `${panelPath(link.panel)}&${[...chosen, ...kept, timeRange].join('&')}`;
}

/** Nothing where the pack has no such panel: the model may lack its source. */
function related(reference: PanelReference, { dashboards }: DashboardPack): DashboardLinkBuilder[] {
  const found = dashboards
    .filter(({ dashboard }) => dashboard.uid === reference.dashboard)
    .flatMap(({ dashboard, rows }) => rows.flatMap(({ panels }) => panels.map((joined) => ({ dashboard, joined }))))
    .find(({ joined }) => joined.panel.key === reference.panel);
  if (found === undefined) return [];
  const title = `${found.dashboard.title}: ${found.joined.panel.title}`;
  return [new DashboardLinkBuilder(title).url(`${panelPath(reference)}&${timeRange}&${allVariables}`)];
}

function panelPath({ dashboard, panel }: PanelReference): string {
  return `/d/${dashboard}?viewPanel=${panelId(dashboard, panel)}`;
}

function outside(title: string, url: string): DashboardLinkBuilder {
  return new DashboardLinkBuilder(title).url(url).targetBlank(true);
}
