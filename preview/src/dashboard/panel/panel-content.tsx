/** What is inside the frame: the drawing of the last answer, or why there is none yet. */
import type { Panel } from '@grafana/schema';
import { memo, useMemo } from 'react';
import { replaceVariablesOf } from '../../grafana/replace-variables.ts';
import { timeRangeOf } from '../../grafana/time-range.ts';
import { PanelBody } from '../../panels/panel-body.tsx';
import { PanelMessage } from '../../panels/panel-message.tsx';
import { useDashboard } from '../state/dashboard-state.ts';
import type { Drawing, PanelAnswer } from '../state/panel-data.ts';
import { showRange } from '../state/time-shift.ts';

interface Props {
  readonly panel: Panel;
  readonly answer: PanelAnswer;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
}

export function PanelContent({ panel, answer, width, height }: Props): React.ReactElement | null {
  const { drawing, error } = answer;
  if (drawing !== undefined) return <DrawnPanel panel={panel} drawing={drawing} width={width} height={height} />;
  return error === undefined ? null : <PanelMessage tone="error">{error.message}</PanelMessage>;
}

interface DrawnProps extends Omit<Props, 'answer'> {
  readonly drawing: Drawing;
}

function DrawnPanel({ panel, drawing, width, height }: DrawnProps): React.ReactElement {
  const { address, annotations, eventBus, cursorSync } = useDashboard();
  const { data, context } = drawing;
  const replaceVariables = useMemo(() => replaceVariablesOf(context), [context]);
  const timeRange = useMemo(() => timeRangeOf(context), [context]);
  return (
    <MemoizedBody
      panel={panel}
      frames={data.frames}
      exemplars={data.exemplars}
      annotations={annotations}
      timeRange={timeRange}
      timeZone={address.timeZone}
      replaceVariables={replaceVariables}
      eventBus={eventBus}
      cursorSync={cursorSync}
      onZoom={showRange}
      width={width}
      height={height}
    />
  );
}

const MemoizedBody = memo(PanelBody);
