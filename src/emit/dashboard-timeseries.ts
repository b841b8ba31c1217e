/** Graphs over time: lines, axes, legends and colours. */
import {
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  LineInterpolation,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import {
  type DynamicConfigValue,
  FieldColorBuilder,
  FieldColorModeId,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as TimeseriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import type { DisplayUnit, SeriesColor, Target, TimeseriesPanel } from '../dashboards/panel.ts';
import { rightSoftMax, softMaxOf } from './dashboard-axis.ts';
import { refIdOf } from './dashboard-targets.ts';
import { grafanaUnits } from './dashboard-units.ts';

const line = { lineWidth: 1, fillOpacity: 8, points: VisibilityMode.Auto };

/** Without a line: that of a series at 0 would be drawn around the one that it is stacked on, in the wrong colour. */
const area = { lineWidth: 0, fillOpacity: 55, points: VisibilityMode.Never };

const dashed: readonly DynamicConfigValue[] = [
  { id: 'custom.lineWidth', value: line.lineWidth },
  { id: 'custom.lineStyle', value: { fill: 'dash', dash: [6, 6] } },
  { id: 'custom.fillOpacity', value: 0 },
  { id: 'custom.stacking', value: { mode: 'none', group: 'A' } },
];

/** Grey too, out of any stack: a comparison, or a limit. */
const muted: readonly DynamicConfigValue[] = [
  { id: 'color', value: { mode: 'fixed', fixedColor: '#808080' } },
  ...dashed,
];

export function timeseriesBuilder(panel: TimeseriesPanel): TimeseriesBuilder {
  const look = panel.stacked === true ? area : line;
  const builder = new TimeseriesBuilder()
    .lineWidth(look.lineWidth)
    .fillOpacity(look.fillOpacity)
    .showPoints(look.points)
    .lineInterpolation(panel.stepped === true ? LineInterpolation.StepAfter : LineInterpolation.Linear)
    .stacking(
      new StackingConfigBuilder().mode(panel.stacked === true ? StackingMode.Normal : StackingMode.None).group('A'),
    )
    .thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(thresholdStyle(panel)))
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassic))
    .legend(legend(panel))
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending));
  addAxis(builder, panel);
  for (const color of panel.colors ?? []) builder.overrideByRegexp(`/${color.names}/`, [colorProperty(color)]);
  panel.targets.forEach((target, index) => {
    const properties = propertiesOf(target);
    if (properties.length > 0) builder.overrideByQuery(refIdOf(index), properties);
  });
  return builder;
}

function addAxis(builder: TimeseriesBuilder, panel: TimeseriesPanel): void {
  const softMax = softMaxOf(panel);
  if (softMax !== undefined) builder.axisSoftMax(softMax);
  if (panel.softMin !== undefined) builder.axisSoftMin(panel.softMin);
}

function propertiesOf(target: Target): DynamicConfigValue[] {
  return [
    ...(target.muted === true ? muted : []),
    ...(target.dashed === true ? dashed : []),
    ...(target.rightAxis === undefined ? [] : rightAxis(target.rightAxis)),
  ];
}

function rightAxis(unit: DisplayUnit): DynamicConfigValue[] {
  return [
    { id: 'unit', value: grafanaUnits[unit] },
    { id: 'custom.axisPlacement', value: 'right' },
    { id: 'custom.axisSoftMax', value: rightSoftMax(unit) },
  ];
}

function colorProperty({ color, shades }: SeriesColor): DynamicConfigValue {
  return { id: 'color', value: { mode: shades === true ? 'shades' : 'fixed', fixedColor: color } };
}

function thresholdStyle({ thresholds }: TimeseriesPanel): GraphThresholdsStyleMode {
  return thresholds === undefined ? GraphThresholdsStyleMode.Off : GraphThresholdsStyleMode.Dashed;
}

function legend({ legendCalcs = [] }: TimeseriesPanel): VizLegendOptionsBuilder {
  const table = legendCalcs.length > 0;
  return new VizLegendOptionsBuilder()
    .showLegend(true)
    .displayMode(table ? LegendDisplayMode.Table : LegendDisplayMode.List)
    .placement(table ? LegendPlacement.Right : LegendPlacement.Bottom)
    .calcs([...legendCalcs]);
}
