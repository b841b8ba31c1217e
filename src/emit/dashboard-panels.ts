/** Each kind of panel as Grafana draws it: what is particular to a kind. */
import {
  BarGaugeDisplayMode,
  BigValueColorMode,
  BigValueGraphMode,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  LineInterpolation,
  ReduceDataOptionsBuilder,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizOrientation,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder as BarGaugeBuilder } from '@grafana/grafana-foundation-sdk/bargauge';
import {
  type DynamicConfigValue,
  FieldColorBuilder,
  FieldColorModeId,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import type { PanelBuilder as TableBuilder } from '@grafana/grafana-foundation-sdk/table';
import { PanelBuilder as TimeseriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import type { Panel, TimeseriesPanel } from '../dashboards/panel.ts';
import type { RenderContext } from '../promql/render-context.ts';
import { tableBuilder } from './dashboard-table.ts';
import { refIdOf } from './dashboard-targets.ts';

/** Grey and dashed, out of any stack: a comparison, or a limit. */
const muted: DynamicConfigValue[] = [
  { id: 'color', value: { mode: 'fixed', fixedColor: '#808080' } },
  { id: 'custom.lineStyle', value: { fill: 'dash', dash: [6, 6] } },
  { id: 'custom.fillOpacity', value: 0 },
  { id: 'custom.stacking', value: { mode: 'none', group: 'A' } },
];

export type VisualBuilder = TimeseriesBuilder | StatBuilder | BarGaugeBuilder | TableBuilder;

export function visualBuilder(panel: Panel, context: RenderContext): VisualBuilder {
  if (panel.type === 'timeseries') return timeseriesBuilder(panel);
  if (panel.type === 'table') return tableBuilder(panel, context);
  return panel.type === 'stat' ? statBuilder() : barGaugeBuilder();
}

function timeseriesBuilder(panel: TimeseriesPanel): TimeseriesBuilder {
  const builder = new TimeseriesBuilder()
    .lineWidth(1)
    .fillOpacity(panel.stacked === true ? 40 : 8)
    .showPoints(VisibilityMode.Auto)
    .lineInterpolation(panel.unit === 'state' ? LineInterpolation.StepAfter : LineInterpolation.Linear)
    .stacking(
      new StackingConfigBuilder().mode(panel.stacked === true ? StackingMode.Normal : StackingMode.None).group('A'),
    )
    .thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(thresholdStyle(panel)))
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassic))
    .legend(legend(panel))
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending));
  panel.targets.forEach((target, index) => {
    if (target.muted === true) builder.overrideByQuery(refIdOf(index), muted);
  });
  return builder;
}

function thresholdStyle({ thresholds }: TimeseriesPanel): GraphThresholdsStyleMode {
  return thresholds === undefined ? GraphThresholdsStyleMode.Off : GraphThresholdsStyleMode.Dashed;
}

function legend({ legendCalcs = [] }: TimeseriesPanel): VizLegendOptionsBuilder {
  return new VizLegendOptionsBuilder()
    .showLegend(true)
    .displayMode(legendCalcs.length === 0 ? LegendDisplayMode.List : LegendDisplayMode.Table)
    .placement(LegendPlacement.Bottom)
    .calcs([...legendCalcs]);
}

function statBuilder(): StatBuilder {
  return new StatBuilder()
    .graphMode(BigValueGraphMode.None)
    .colorMode(BigValueColorMode.Value)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
    .reduceOptions(newest());
}

function barGaugeBuilder(): BarGaugeBuilder {
  return new BarGaugeBuilder()
    .displayMode(BarGaugeDisplayMode.Basic)
    .orientation(VizOrientation.Horizontal)
    .showUnfilled(true)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
    .reduceOptions(newest());
}

function newest(): ReduceDataOptionsBuilder {
  return new ReduceDataOptionsBuilder().calcs(['lastNotNull']).fields('').values(false);
}
