/** All that is known of the dashboard that is shown: what was chosen, what is asked with, what panels share. */
import { DashboardCursorSync, EventBusSrv, type EventBus } from '@grafana/data';
import type { Dashboard } from '@grafana/schema';
import { createContext, useCallback, useContext, useMemo, useState } from 'react';
import type { Annotation } from '../../query/annotations.ts';
import type { QueryContext } from '../../query/context.ts';
import { parseTimeRange } from '../../query/time-range.ts';
import { useInfo } from '../../shell/info-context.tsx';
import { useAddress, type Address } from './address.ts';
import { useAnnotations, type AnnotationSwitch } from './annotations.ts';
import { useAutoRefresh } from './auto-refresh.ts';
import { useCollapsedRows } from './collapsed-rows.ts';
import type { Drawing } from './panel-data.ts';
import { createQueryQueue, type QueryQueue } from './query-queue.ts';
import { useQueryVariables, useVariables, type ContextWithoutVariables, type Variables } from './variables.ts';

export interface DashboardState {
  readonly dashboard: Dashboard;
  readonly address: Address;
  readonly bounds: ContextWithoutVariables;
  /** undefined until the variables are known */
  readonly context: QueryContext | undefined;
  readonly variables: Variables | undefined;
  readonly variablesError: Error | undefined;
  readonly annotations: readonly Annotation[];
  readonly annotationSwitches: readonly AnnotationSwitch[];
  readonly queue: QueryQueue;
  /** By panel id: a panel that comes back shows what it last showed. */
  readonly drawings: Map<number, Drawing>;
  readonly eventBus: EventBus;
  readonly cursorSync: DashboardCursorSync;
  /** Ids of the rows that are closed. */
  readonly collapsedRows: ReadonlySet<number>;
  readonly toggleRow: (id: number) => void;
  readonly refresh: () => void;
}

const StateContext = createContext<DashboardState | undefined>(undefined);
export const DashboardStateProvider = StateContext.Provider;

/** @throws outside of DashboardStateProvider */
export function useDashboard(): DashboardState {
  const state = useContext(StateContext);
  if (state === undefined) throw new Error('Cannot read the dashboard outside of DashboardStateProvider');
  return state;
}

export function useDashboardState(dashboard: Dashboard): DashboardState {
  const info = useInfo();
  const address = useAddress(dashboard, info);
  const [asked, setAsked] = useState(0);
  const [ticks, setTicks] = useState(0);
  const [shared] = useState(() => ({
    queue: createQueryQueue(),
    drawings: new Map<number, Drawing>(),
    eventBus: new EventBusSrv(),
  }));
  const bounds = useBounds({
    dashboard,
    address,
    scrapeIntervalSeconds: info.scrapeIntervalSeconds,
    version: asked + ticks,
  });
  const { variables, error: variablesError } = useVariables({ dashboard, address, context: bounds, asked });
  const queryVariables = useQueryVariables(variables);
  const context = useMemo(
    () => (queryVariables === undefined ? undefined : { ...bounds, variables: queryVariables }),
    [bounds, queryVariables],
  );
  const { shown, switches } = useAnnotations(dashboard, context);
  useAutoRefresh({
    interval: address.refresh,
    isBusy: shared.queue.isBusy,
    refresh: () => setTicks((before) => before + 1),
  });
  return {
    ...shared,
    dashboard,
    address,
    bounds,
    context,
    variables,
    variablesError,
    annotations: shown,
    annotationSwitches: switches,
    cursorSync: dashboard.graphTooltip ?? DashboardCursorSync.Off,
    ...useCollapsedRows(dashboard),
    refresh: useCallback(() => setAsked((before) => before + 1), []),
  };
}

interface BoundsInput {
  readonly dashboard: Dashboard;
  readonly address: Address;
  readonly scrapeIntervalSeconds: number;
  /** Grows with each refresh: relative times are read anew. */
  readonly version: number;
}

function useBounds({ dashboard, address, scrapeIntervalSeconds, version }: BoundsInput): ContextWithoutVariables {
  const { rawFrom, rawTo } = address;
  const { uid = '', title = '' } = dashboard;
  return useMemo(() => {
    const now = Date.now();
    const { from, to } = parseTimeRange(rawFrom, rawTo, now) ?? { from: now - 3_600_000, to: now };
    return { from, to, rawFrom, rawTo, scrapeIntervalSeconds, dashboard: { uid, title } };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the version stands for the time
  }, [rawFrom, rawTo, scrapeIntervalSeconds, uid, title, version]);
}
