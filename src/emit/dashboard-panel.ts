/** A panel as JSON: what all kinds have in common. */
import type { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import type {
  DashboardLinkBuilder,
  Panel as PanelJson,
  ThresholdsConfigBuilder,
  ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { Panel } from '../dashboards/panel.ts';
import type { JoinedPanel } from '../stack/pack.ts';
import { asLines, thresholdsBuilder, valueMappings } from './dashboard-field-config.ts';
import type { Place } from './dashboard-grid.ts';
import { panelLinks } from './dashboard-links.ts';
import { visualBuilder } from './dashboard-panels.ts';
import { type DashboardPack, dataSource } from './dashboard-source.ts';
import { targetBuilders } from './dashboard-targets.ts';
import { grafanaUnits } from './dashboard-units.ts';

/** What the SDK's builders of panels share; they have no type in common. */
interface FrameBuilder {
  id(id: number): unknown;
  title(title: string): unknown;
  description(description: string): unknown;
  datasource(source: typeof dataSource): unknown;
  gridPos(place: Place): unknown;
  targets(targets: DataqueryBuilder[]): unknown;
  links(links: DashboardLinkBuilder[]): unknown;
  unit(unit: string): unknown;
  decimals(decimals: number): unknown;
  min(min: number): unknown;
  max(max: number): unknown;
  noValue(text: string): unknown;
  mappings(mappings: ValueMapping[]): unknown;
  thresholds(thresholds: ThresholdsConfigBuilder): unknown;
  build(): PanelJson;
}

export function panelJson(joined: JoinedPanel, place: Place, pack: DashboardPack): PanelJson {
  const { panel, id } = joined;
  const builder: FrameBuilder = visualBuilder(panel, pack.panels);
  builder.id(id);
  builder.title(panel.title);
  builder.description(panel.description);
  builder.datasource(dataSource);
  builder.gridPos(place);
  builder.targets(targetBuilders(panel, pack.panels));
  builder.links(panelLinks(joined, pack));
  builder.unit(grafanaUnits[panel.unit]);
  builder.noValue(panel.noValue);
  builder.thresholds(thresholdsOf(panel));
  if (panel.decimals !== undefined) builder.decimals(panel.decimals);
  if (panel.min !== undefined) builder.min(panel.min);
  if (panel.max !== undefined) builder.max(panel.max);
  if (panel.mappings !== undefined) builder.mappings(valueMappings(panel.mappings));
  return builder.build();
}

function thresholdsOf({ type, thresholds }: Panel): ThresholdsConfigBuilder {
  const drawn = type === 'timeseries' && thresholds !== undefined ? asLines(thresholds) : thresholds;
  return thresholdsBuilder(drawn, type === 'bargauge' ? 'blue' : 'text');
}
