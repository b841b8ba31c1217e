/** What a panel shows: its last answer stays until the next one is there, also while Prometheus fails. */
import type { Panel } from '@grafana/schema';
import { useEffect, useRef, useState } from 'react';
import type { QueryContext } from '../../query/context.ts';
import type { PanelData } from '../../query/panel-data.ts';
import { runPanel } from '../../query/run-panel.ts';
import { useDashboard, type DashboardState } from './dashboard-state.ts';
import { pixelsFromScreen } from './near-screen.ts';

/** An answer with the question it belongs to: its time range is the axis. */
export interface Drawing {
  readonly data: PanelData;
  readonly context: QueryContext;
}

export interface PanelAnswer {
  readonly drawing?: Drawing;
  readonly isLoading: boolean;
  /** Why the last question was not answered. */
  readonly error?: Error;
}

interface Input {
  readonly panel: Panel;
  /** Only panels near the screen are asked for. */
  readonly isNear: boolean;
  readonly width: number;
  readonly element: React.RefObject<Element | null>;
}

export function usePanelData({ panel, isNear, width, element }: Input): PanelAnswer {
  const state = useDashboard();
  const { context, queue, variablesError } = state;
  const [answer, setAnswer] = useState<PanelAnswer>(() => firstAnswer(panel, state));
  const latestWidth = useRef(width);
  latestWidth.current = width;
  const answeredContext = useRef(answer.drawing?.context);
  useEffect(() => {
    if (context === undefined || !isNear || answeredContext.current === context) return;
    const abort = new AbortController();
    setAnswer((before) => ({ ...before, isLoading: true }));
    queue.add({
      signal: abort.signal,
      distance: () => pixelsFromScreen(element.current),
      run: async () => {
        const next = await ask(panel, context, latestWidth.current, abort.signal);
        if (abort.signal.aborted) return;
        answeredContext.current = context;
        setAnswer((before) => ({ ...before, ...next, error: next.error, isLoading: false }));
        if (next.drawing !== undefined) state.drawings.set(panel.id ?? 0, next.drawing);
      },
    });
    return () => abort.abort();
  }, [panel, context, isNear, queue, element, state.drawings]);
  if (context === undefined && variablesError !== undefined) return { isLoading: false, error: variablesError };
  return answer;
}

const firstAnswer = ({ id = 0 }: Panel, { drawings }: DashboardState): PanelAnswer => {
  const drawing = drawings.get(id);
  return drawing === undefined ? { isLoading: true } : { drawing, isLoading: false };
};

async function ask(
  panel: Panel,
  context: QueryContext,
  width: number,
  signal: AbortSignal,
): Promise<Pick<PanelAnswer, 'drawing' | 'error'>> {
  try {
    return { drawing: { data: await runPanel(panel, context, width, signal), context } };
  } catch (error) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }
}
