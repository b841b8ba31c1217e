/** The inside of a panel: the drawing of its kind, or why there is none. */
import { FieldType, getFieldDisplayName, type DashboardCursorSync, type DataFrame, type EventBus } from '@grafana/data';
import { ErrorBoundary, PanelContextProvider, type PanelContext } from '@grafana/ui';
import { Suspense, useMemo, useRef } from 'react';
import { panelTypeOf } from './all-panels.ts';
import { isEmpty, noDataText } from './no-data.ts';
import { PanelMessage } from './panel-message.tsx';
import type { PanelViewProps } from './panel-type.ts';
import { useSeriesVisibility } from './series-visibility.ts';
import { useFieldConfig } from './use-field-config.ts';

interface Props extends Omit<PanelViewProps, 'frames' | 'structureRev' | 'fieldConfig'> {
  /** As the queries returned them. */
  readonly frames: readonly DataFrame[];
  readonly eventBus: EventBus;
  /** What the graphs of the dashboard share while one is pointed at. */
  readonly cursorSync: DashboardCursorSync;
}

export function PanelBody({ frames, eventBus, cursorSync, ...props }: Props): React.ReactElement {
  const { panel, replaceVariables, timeZone } = props;
  const { needsData, View } = panelTypeOf(panel.type);
  const latest = useRef<readonly DataFrame[]>([]);
  const { override, onToggle } = useSeriesVisibility(() => seriesNames(latest.current));
  const applied = useFieldConfig({ panel, frames, replaceVariables, timeZone, extraOverride: override });
  latest.current = applied.frames;
  const context = useMemo<PanelContext>(
    () => ({ eventsScope: 'dashboard', eventBus, sync: () => cursorSync, onToggleSeriesVisibility: onToggle }),
    [eventBus, cursorSync, onToggle],
  );
  if (needsData && isEmpty(frames)) return <PanelMessage>{noDataText(applied.fieldConfig)}</PanelMessage>;
  return (
    <ErrorBoundary boundaryName={`panel ${panel.id ?? ''}`} dependencies={[frames]}>
      {({ error }) =>
        error === null ? (
          <PanelContextProvider value={context}>
            <Suspense fallback={null}>
              <View {...props} {...applied} />
            </Suspense>
          </PanelContextProvider>
        ) : (
          <PanelMessage tone="error">This panel cannot be drawn: {error.message}</PanelMessage>
        )
      }
    </ErrorBoundary>
  );
}

const seriesNames = (frames: readonly DataFrame[]): string[] =>
  frames.flatMap((frame) =>
    frame.fields
      .filter(({ type }) => type === FieldType.number)
      .map((field) => getFieldDisplayName(field, frame, [...frames])),
  );
