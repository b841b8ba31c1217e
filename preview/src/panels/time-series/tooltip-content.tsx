/** The time, and each series' value, as Grafana lists them. */
import { FieldType, formattedValueToString, type DataFrame, type Field, type LinkModel } from '@grafana/data';
import { SortOrder, TooltipDisplayMode } from '@grafana/schema';
import {
  getFieldDisplayItems,
  isTooltipScrollable,
  VizTooltipContent,
  VizTooltipFooter,
  VizTooltipHeader,
  VizTooltipWrapper,
} from '@grafana/ui';

export interface TooltipOptions {
  readonly mode?: TooltipDisplayMode;
  readonly sort?: SortOrder;
  readonly hideZeros?: boolean;
  readonly maxHeight?: number;
  readonly maxWidth?: number;
}

interface Props {
  readonly frame: DataFrame;
  /** Row of the frame per field, null where the field has no value near the pointer. */
  readonly valueIndexes: (number | null)[];
  readonly seriesIndex: number | null;
  readonly options: TooltipOptions;
  readonly isPinned: boolean;
  readonly links: LinkModel[];
}

export function TooltipContent(props: Props): React.ReactElement | null {
  const { frame, valueIndexes, seriesIndex, options, isPinned, links } = props;
  const { mode = TooltipDisplayMode.Single, sort = SortOrder.None, hideZeros, maxHeight } = options;
  const [time] = frame.fields;
  if (time === undefined) return null;
  const items = getFieldDisplayItems(
    frame.fields,
    time,
    valueIndexes,
    seriesIndex,
    mode,
    sort,
    ({ type }) => type === FieldType.number || type === FieldType.enum,
    hideZeros,
  );
  return (
    <VizTooltipWrapper>
      <VizTooltipHeader item={{ label: '', value: shownTime(time, valueIndexes[0]) }} isPinned={isPinned} />
      <VizTooltipContent
        items={items}
        isPinned={isPinned}
        scrollable={isTooltipScrollable({ mode, maxHeight })}
        maxHeight={maxHeight}
      />
      {links.length > 0 && <VizTooltipFooter dataLinks={links as LinkModel<Field>[]} />}
    </VizTooltipWrapper>
  );
}

function shownTime(time: Field, row: number | null | undefined): string {
  if (row === null || row === undefined || time.display === undefined) return '';
  return formattedValueToString(time.display(time.values[row]));
}
