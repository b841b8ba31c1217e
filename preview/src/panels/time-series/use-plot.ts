/** The uPlot instance behind a config, for what is laid over the graph. */
import type { TooltipPlugin2, UPlotConfigBuilder } from '@grafana/ui';
import { useLayoutEffect, useReducer, useRef } from 'react';

/** uPlot is a dependency of @grafana/ui, not of this page: its type is taken from there. */
export type Plot = Parameters<React.ComponentProps<typeof TooltipPlugin2>['render']>[0];

/** Renders again after each drawing, since values and times may have moved. */
export function usePlot(config: UPlotConfigBuilder): Plot | undefined {
  const plot = useRef<Plot>(undefined);
  const [, renderAgain] = useReducer((drawings: number) => drawings + 1, 0);
  useLayoutEffect(() => {
    let active = true;
    config.addHook('init', (created) => {
      if (active) plot.current = created;
    });
    config.addHook('draw', () => {
      if (active) renderAgain();
    });
    return () => {
      active = false;
      plot.current = undefined;
    };
  }, [config]);
  return plot.current;
}
