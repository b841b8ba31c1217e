/** Rows and columns: widths, coloured cells, links and sorting as the field config says. */
import { cacheFieldDisplayNames, type DataFrame } from '@grafana/data';
import type { TableCellHeight } from '@grafana/schema';
import type { TableSortByFieldState } from '@grafana/ui';
import { TableNG } from '@grafana/ui/unstable';
import { useMemo } from 'react';
import { noDataText } from './no-data.ts';
import { PanelMessage } from './panel-message.tsx';
import type { PanelViewProps } from './panel-type.ts';

interface TableOptions {
  readonly frameIndex?: number;
  readonly showHeader?: boolean;
  readonly showTypeIcons?: boolean;
  readonly cellHeight?: TableCellHeight;
  readonly sortBy?: TableSortByFieldState[];
  readonly enablePagination?: boolean;
  readonly frozenColumns?: { readonly left?: number };
}

export function TablePanel(props: PanelViewProps): React.ReactElement {
  const { panel, frames, fieldConfig, structureRev, timeRange, width, height } = props;
  const options = (panel.options ?? {}) as TableOptions;
  const frame = useMemo(() => namedFrame(frames, options.frameIndex), [frames, options.frameIndex]);
  if (frame === undefined) return <PanelMessage>{noDataText(fieldConfig)}</PanelMessage>;
  return (
    <TableNG
      ariaLabel={panel.title}
      data={frame}
      width={width}
      height={height}
      structureRev={structureRev}
      fieldConfig={fieldConfig}
      timeRange={timeRange}
      noValue={noDataText(fieldConfig)}
      noHeader={options.showHeader === false}
      showTypeIcons={options.showTypeIcons}
      cellHeight={options.cellHeight}
      sortBy={options.sortBy}
      sortByBehavior="initial"
      enablePagination={options.enablePagination}
      frozenColumns={options.frozenColumns?.left}
      resizable
    />
  );
}

/** Columns are addressed by their display name, which renames change: without the cache sorting and widths miss them. */
function namedFrame(frames: DataFrame[], index = 0): DataFrame | undefined {
  cacheFieldDisplayNames(frames);
  return frames[index] ?? frames[0];
}
