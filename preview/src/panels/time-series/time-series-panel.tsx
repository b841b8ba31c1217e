/** Lines, areas and bars over time, with thresholds, annotations and exemplars. */
import type { VizLegendOptions } from '@grafana/schema';
import { PanelContextProvider, TimeSeries, usePanelContext } from '@grafana/ui';
import { useMemo } from 'react';
import type { PanelViewProps } from '../panel-type.ts';
import { graphableFrames } from './graphable-frames.ts';
import { PlotOverlay } from './plot-overlay.tsx';
import type { TooltipOptions } from './series-tooltip.tsx';
import { SeriesTooltip } from './series-tooltip.tsx';
import { useSortableLegend } from './sortable-legend.ts';

interface TimeSeriesOptions {
  readonly legend?: VizLegendOptions;
  readonly tooltip?: TooltipOptions;
}

export function TimeSeriesPanel(props: PanelViewProps): React.ReactElement {
  const { panel, frames, structureRev, timeRange, timeZone, width, height, onZoom } = props;
  const options = (panel.options ?? {}) as TimeSeriesOptions;
  const graphable = useMemo(() => graphableFrames(frames), [frames]);
  const { legend, onToggleLegendSort } = useSortableLegend(options.legend, width);
  const outer = usePanelContext();
  const context = useMemo(() => ({ ...outer, onToggleLegendSort }), [outer, onToggleLegendSort]);
  return (
    <PanelContextProvider value={context}>
      <TimeSeries
        frames={graphable}
        structureRev={structureRev}
        timeRange={timeRange}
        timeZone={timeZone}
        width={width}
        height={height}
        legend={legend}
        options={panel.options}
      >
        {(config, frame) => (
          <>
            <SeriesTooltip config={config} frame={frame} options={options.tooltip ?? {}} onZoom={onZoom} />
            <PlotOverlay {...props} config={config} frame={frame} />
          </>
        )}
      </TimeSeries>
    </PanelContextProvider>
  );
}
