/** What is shown of the series under the pointer; a range selected with the pointer zooms. */
import type { DataFrame, LinkModel } from '@grafana/data';
import { TooltipDisplayMode } from '@grafana/schema';
import { getFieldDisplayLinks, TooltipPlugin2, usePanelContext, type UPlotConfigBuilder } from '@grafana/ui';
import { TooltipContent, type TooltipOptions } from './tooltip-content.tsx';

export type { TooltipOptions };

interface Props {
  readonly config: UPlotConfigBuilder;
  /** Times first, then a field per series. */
  readonly frame: DataFrame;
  readonly options: TooltipOptions;
  readonly onZoom: (range: { readonly from: number; readonly to: number }) => void;
}

type PluginProps = React.ComponentProps<typeof TooltipPlugin2>;

/** Of Grafana's TooltipHoverMode, a constant enum that is not exported: the series next to the pointer, or all. */
const oneSeries: PluginProps['hoverMode'] = 0;
const allSeries: PluginProps['hoverMode'] = 1;

export function SeriesTooltip({ config, frame, options, onZoom }: Props): React.ReactElement | null {
  const { sync, eventsScope } = usePanelContext();
  const { mode = TooltipDisplayMode.Single, maxWidth } = options;
  const linksOf = (series: number, index: number): LinkModel[] => {
    const field = frame.fields[series];
    return field === undefined ? [] : getFieldDisplayLinks(field, index);
  };
  const render: PluginProps['render'] = (_plot, indexes, series, isPinned, _dismiss, _range, viaSync, links) => (
    <TooltipContent
      frame={frame}
      valueIndexes={indexes}
      seriesIndex={series}
      options={viaSync ? { ...options, mode: TooltipDisplayMode.Multi } : options}
      isPinned={isPinned}
      links={links}
    />
  );
  return (
    <TooltipPlugin2
      config={config}
      hoverMode={mode === TooltipDisplayMode.Single ? oneSeries : allSeries}
      syncMode={sync?.()}
      syncScope={eventsScope}
      queryZoom={onZoom}
      clientZoom
      getDataLinks={linksOf}
      maxWidth={maxWidth}
      render={mode === TooltipDisplayMode.None ? () => null : render}
    />
  );
}
