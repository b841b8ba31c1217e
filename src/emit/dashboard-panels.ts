/** Each kind of panel as Grafana draws it: what is particular to a kind. */
import {
  BarGaugeDisplayMode,
  BarGaugeNamePlacement,
  BarGaugeSizing,
  BigValueColorMode,
  BigValueGraphMode,
  ReduceDataOptionsBuilder,
  VizOrientation,
  VizTextDisplayOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder as BarGaugeBuilder } from '@grafana/grafana-foundation-sdk/bargauge';
import { FieldColorBuilder, FieldColorModeId } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import type { PanelBuilder as TableBuilder } from '@grafana/grafana-foundation-sdk/table';
import type { PanelBuilder as TimeseriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import type { Panel } from '../dashboards/panel.ts';
import type { RenderContext } from '../promql/render-context.ts';
import { tableBuilder } from './dashboard-table.ts';
import { timeseriesBuilder } from './dashboard-timeseries.ts';

/** Pixels: a name above a bar, however few there are. */
const bar = { least: 36, most: 48, nameSize: 13, valueSize: 16 };

export type VisualBuilder = TimeseriesBuilder | StatBuilder | BarGaugeBuilder | TableBuilder;

export function visualBuilder(panel: Panel, context: RenderContext): VisualBuilder {
  if (panel.type === 'timeseries') return timeseriesBuilder(panel);
  if (panel.type === 'table') return tableBuilder(panel, context);
  return panel.type === 'stat' ? statBuilder() : barGaugeBuilder();
}

function statBuilder(): StatBuilder {
  return new StatBuilder()
    .graphMode(BigValueGraphMode.None)
    .colorMode(BigValueColorMode.Value)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
    .reduceOptions(newest());
}

/** A bar that is alone has a name only where the panel says which. */
function barGaugeBuilder(): BarGaugeBuilder {
  return new BarGaugeBuilder()
    .displayName('${__series.name}')
    .displayMode(BarGaugeDisplayMode.Basic)
    .orientation(VizOrientation.Horizontal)
    .namePlacement(BarGaugeNamePlacement.Top)
    .sizing(BarGaugeSizing.Manual)
    .minVizHeight(bar.least)
    .maxVizHeight(bar.most)
    .text(new VizTextDisplayOptionsBuilder().titleSize(bar.nameSize).valueSize(bar.valueSize))
    .showUnfilled(true)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
    .reduceOptions(newest());
}

function newest(): ReduceDataOptionsBuilder {
  return new ReduceDataOptionsBuilder().calcs(['lastNotNull']).fields('').values(false);
}
