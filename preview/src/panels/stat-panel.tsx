/** Big numbers, with or without a graph behind them. */
import {
  getDisplayValueAlignmentFactors,
  getFieldDisplayValues,
  VizOrientation,
  type DisplayValueAlignmentFactors,
  type FieldDisplay,
  type ReduceDataOptions,
} from '@grafana/data';
import {
  BigValue,
  BigValueColorMode,
  BigValueGraphMode,
  BigValueJustifyMode,
  BigValueTextMode,
  useTheme2,
  VizRepeater,
  type VizRepeaterRenderValueProps,
} from '@grafana/ui';
import type { PercentChangeColorMode, VizTextDisplayOptions } from '@grafana/schema';
import { useMemo } from 'react';
import type { PanelViewProps } from './panel-type.ts';

interface StatOptions {
  readonly reduceOptions: ReduceDataOptions;
  readonly orientation: VizOrientation;
  readonly colorMode: BigValueColorMode;
  readonly graphMode: BigValueGraphMode;
  readonly justifyMode: BigValueJustifyMode;
  readonly textMode: BigValueTextMode;
  readonly wideLayout: boolean;
  readonly showPercentChange: boolean;
  readonly percentChangeColorMode?: PercentChangeColorMode;
  readonly text?: VizTextDisplayOptions;
}

const grafanaDefaults: StatOptions = {
  reduceOptions: { calcs: ['lastNotNull'] },
  orientation: VizOrientation.Auto,
  colorMode: BigValueColorMode.Value,
  graphMode: BigValueGraphMode.Area,
  justifyMode: BigValueJustifyMode.Auto,
  textMode: BigValueTextMode.Auto,
  wideLayout: true,
  showPercentChange: false,
};

export function StatPanel(props: PanelViewProps): React.ReactElement {
  const { panel, frames, fieldConfig, replaceVariables, timeRange, timeZone, width, height } = props;
  const theme = useTheme2();
  const options: StatOptions = { ...grafanaDefaults, ...panel.options };
  const { reduceOptions, graphMode, showPercentChange } = options;
  const values = useMemo(
    () =>
      getFieldDisplayValues({
        data: frames,
        fieldConfig,
        replaceVariables,
        theme,
        reduceOptions,
        sparkline: graphMode !== BigValueGraphMode.None,
        percentChange: showPercentChange,
        timeZone,
      }),
    [frames, fieldConfig, replaceVariables, theme, reduceOptions, graphMode, showPercentChange, timeZone],
  );
  const renderValue = (
    repeated: VizRepeaterRenderValueProps<FieldDisplay, DisplayValueAlignmentFactors>,
  ): React.ReactElement => (
    <BigValue
      theme={theme}
      value={repeated.value.display}
      sparkline={repeated.value.sparkline && { ...repeated.value.sparkline, timeRange }}
      alignmentFactors={repeated.alignmentFactors}
      count={repeated.count}
      width={repeated.width}
      height={repeated.height}
      colorMode={options.colorMode}
      graphMode={graphMode}
      justifyMode={options.justifyMode}
      textMode={options.textMode}
      text={options.text}
      disableWideLayout={!options.wideLayout}
      percentChangeColorMode={options.percentChangeColorMode}
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
      autoGrid
      itemSpacing={3}
      width={width}
      height={height}
    />
  );
}
