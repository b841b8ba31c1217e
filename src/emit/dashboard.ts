/** A joined dashboard as Grafana's classic JSON (v1): what file provisioning of Grafana 10 to 13 loads. */
import {
  type Dashboard as DashboardJson,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkPlacement,
  type Panel as PanelJson,
  RowBuilder,
  type RowPanel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboardUids } from '../dashboards/panel.ts';
import type { JoinedDashboard, JoinedRow } from '../stack/pack.ts';
import { panelId } from '../stack/panel-id.ts';
import { annotationBuilders } from './dashboard-annotations.ts';
import { below, gridColumns, placesOf, rowHeaderHeight } from './dashboard-grid.ts';
import { dashboardLinks } from './dashboard-links.ts';
import { panelJson } from './dashboard-panel.ts';
import type { DashboardPack } from './dashboard-source.ts';
import { dataSourceVariable, queryVariable, variableQueries } from './dashboard-variables.ts';
import { generatedNotice } from './generated-notice.ts';

const schemaVersion = 42;
const defaultLookback = '3h';
const hidden: string = DashboardLinkPlacement.InControlsMenu;

/** Where a dashboard is written, relative to the output. */
export function dashboardPath(uid: string): string {
  return `dashboards/${uid}.json`;
}

/** The text of a dashboard's file: the same for the same pack. */
export function emitDashboard(joined: JoinedDashboard, pack: DashboardPack): string {
  return `${JSON.stringify(dashboardJson(joined, pack), withoutHiding, 2)}\n`;
}

function dashboardJson({ dashboard, rows }: JoinedDashboard, pack: DashboardPack): DashboardJson {
  const { uid, title, description, lookback = defaultLookback, variables = [] } = dashboard;
  const built = new DashboardBuilder(title)
    .uid(uid)
    .description(`${description} ${generatedNotice(sourceOf(uid))}`)
    .tags(['telltale'])
    .timezone('browser')
    .readonly()
    .tooltip(DashboardCursorSync.Crosshair)
    .time({ from: `now-${lookback}`, to: 'now' })
    .refresh('30s')
    .variables([dataSourceVariable(), ...variableQueries(variables, pack.panels).map(queryVariable)])
    .annotations(annotationBuilders(pack.panels))
    .links(dashboardLinks(uid, pack.dashboards))
    .build();
  return { ...built, schemaVersion, panels: panelsOf(uid, rows, pack) };
}

function sourceOf(uid: string): string {
  const shipped: readonly string[] = dashboardUids;
  const file = uid.replace(/^telltale-/, '');
  return `telltale.config.ts${shipped.includes(uid) ? ` (in telltale itself: src/dashboards/${file}.ts)` : ''}`;
}

function panelsOf(uid: string, rows: readonly JoinedRow[], pack: DashboardPack): (PanelJson | RowPanel)[] {
  let top = 0;
  return rows.flatMap((row) => {
    const places = placesOf(
      row.panels.map(({ panel }) => panel),
      top,
    );
    const panels = row.panels.flatMap((joined, index) => {
      const place = places[index];
      return place === undefined ? [] : [panelJson(joined, place, pack)];
    });
    const header = rowHeader(uid, row, top);
    top = row.collapsed ? top + rowHeaderHeight : below(places, top);
    return row.collapsed ? [{ ...header, panels }] : [header, ...panels];
  });
}

function rowHeader(uid: string, { title, collapsed }: JoinedRow, y: number): RowPanel {
  return new RowBuilder(title)
    .id(panelId(uid, `row: ${title}`))
    .collapsed(collapsed)
    .gridPos({ x: 0, y, w: gridColumns, h: rowHeaderHeight })
    .build();
}

/** The SDK hides every link and annotation in a menu, whatever it is told. */
function withoutHiding(key: string, value: unknown): unknown {
  return key === 'placement' && value === hidden ? undefined : value;
}
