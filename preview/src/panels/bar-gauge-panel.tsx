/** A bar per series. */
import {
  getDisplayValueAlignmentFactors,
  getFieldDisplayValues,
  VizOrientation,
  type DisplayValue,
  type DisplayValueAlignmentFactors,
  type FieldDisplay,
  type ReduceDataOptions,
} from '@grafana/data';
import { BarGauge, BarGaugeDisplayMode, useTheme2, VizRepeater, type VizRepeaterRenderValueProps } from '@grafana/ui';
import { BarGaugeNamePlacement, BarGaugeSizing, BarGaugeValueMode, type VizTextDisplayOptions } from '@grafana/schema';
import { useMemo } from 'react';
import type { PanelViewProps } from './panel-type.ts';

interface BarGaugeOptions {
  readonly reduceOptions: ReduceDataOptions;
  readonly orientation: VizOrientation;
  readonly displayMode: BarGaugeDisplayMode;
  readonly valueMode: BarGaugeValueMode;
  readonly namePlacement: BarGaugeNamePlacement;
  readonly showUnfilled: boolean;
  readonly sizing: BarGaugeSizing;
  readonly minVizWidth: number;
  readonly minVizHeight: number;
  readonly maxVizHeight: number;
  readonly text?: VizTextDisplayOptions;
}

const automaticSizes = { minVizWidth: 8, minVizHeight: 16, maxVizHeight: 300 };

const grafanaDefaults: BarGaugeOptions = {
  reduceOptions: { calcs: ['lastNotNull'] },
  orientation: VizOrientation.Auto,
  displayMode: BarGaugeDisplayMode.Gradient,
  valueMode: BarGaugeValueMode.Color,
  namePlacement: BarGaugeNamePlacement.Auto,
  showUnfilled: true,
  sizing: BarGaugeSizing.Auto,
  ...automaticSizes,
};

export function BarGaugePanel(props: PanelViewProps): React.ReactElement {
  const { panel, frames, fieldConfig, replaceVariables, timeZone, width, height } = props;
  const theme = useTheme2();
  const options: BarGaugeOptions = { ...grafanaDefaults, ...panel.options };
  const sizes = options.sizing === BarGaugeSizing.Manual ? options : automaticSizes;
  const itemSpacing = options.displayMode === BarGaugeDisplayMode.Lcd ? 2 : 10;
  const { reduceOptions } = options;
  const values = useMemo(
    () => getFieldDisplayValues({ data: frames, fieldConfig, replaceVariables, theme, reduceOptions, timeZone }),
    [frames, fieldConfig, replaceVariables, theme, reduceOptions, timeZone],
  );
  const renderValue = (
    repeated: VizRepeaterRenderValueProps<FieldDisplay, DisplayValueAlignmentFactors>,
  ): React.ReactElement => (
    <BarGauge
      theme={theme}
      value={valueWithName(repeated)}
      field={repeated.value.field}
      display={processorOf(repeated.value)}
      alignmentFactors={repeated.count > 1 ? repeated.alignmentFactors : undefined}
      width={repeated.width}
      height={repeated.height}
      orientation={repeated.orientation}
      displayMode={options.displayMode}
      valueDisplayMode={options.valueMode}
      namePlacement={options.namePlacement}
      showUnfilled={options.showUnfilled}
      itemSpacing={itemSpacing}
      text={options.text}
    />
  );
  return (
    <VizRepeater
      source={values}
      getValues={() => values}
      getAlignmentFactors={getDisplayValueAlignmentFactors}
      renderValue={renderValue}
      renderCounter={0}
      orientation={options.orientation}
      itemSpacing={itemSpacing}
      minVizWidth={sizes.minVizWidth}
      minVizHeight={sizes.minVizHeight}
      maxVizHeight={sizes.maxVizHeight}
      width={width}
      height={height}
    />
  );
}

/** A bar that is alone has no name, as in Grafana: the title of the panel is its name. */
const valueWithName = ({ value, count }: { value: FieldDisplay; count: number }): DisplayValue =>
  count === 1 && value.field.displayName === undefined ? { ...value.display, title: undefined } : value.display;

const processorOf = ({ view, colIndex }: FieldDisplay): React.ComponentProps<typeof BarGauge>['display'] =>
  view !== undefined && colIndex !== undefined ? view.getFieldDisplayProcessor(colIndex) : undefined;
