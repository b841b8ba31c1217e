/** The figures on the card of a dashboard: the first stat panels of its own JSON, asked as the dashboard asks them. */
import type { DataFrame } from '@grafana/data';
import type { Dashboard, Panel, RowPanel } from '@grafana/schema';
import type { PreviewInfo } from '../../../../src/preview/answers.ts';
import { fetchDashboard } from '../../api/preview-api.ts';
import type { QueryContext, VariableValue } from '../../query/context.ts';
import { runPanel } from '../../query/run-panel.ts';
import { parseTimeRange } from '../../query/time-range.ts';
import type { Ask } from '../../shell/poll.ts';

/** The headline, and what stands below it. */
const figuresPerCard = 4;

export interface FigureData {
  readonly panel: Panel;
  readonly context: QueryContext;
  readonly frames?: readonly DataFrame[];
  /** Why this figure is not known. */
  readonly error?: Error;
}

export interface BoardFigures {
  readonly figures: readonly FigureData[];
  /** How the headline came to be: the same query over the range of the dashboard. */
  readonly course?: readonly DataFrame[];
}

const sparklinePixels = 120;

/** @returns a function that asks for all figures of a card; the dashboard itself is fetched once */
export function askForFigures(uid: string, info: PreviewInfo): Ask<BoardFigures> {
  let fetched: Promise<Dashboard> | undefined;
  const dashboardOnce = (): Promise<Dashboard> =>
    (fetched ??= fetchDashboard(uid).catch((error: unknown) => {
      fetched = undefined;
      throw error;
    }));
  return async ({ signal }) => {
    const dashboard = await dashboardOnce();
    const context = contextOf(dashboard, info);
    const panels = statPanels(dashboard).slice(0, figuresPerCard);
    const ask = askWith(context, signal ?? new AbortController().signal);
    const [course, ...figures] = await Promise.all([ask(overTime(panels[0])), ...panels.map((panel) => ask(panel))]);
    const known = figures.filter((figure) => figure !== undefined);
    throwWhenNothingIsKnown(known);
    return { figures: known, ...(course?.frames && { course: course.frames }) };
  };
}

const askWith =
  (context: QueryContext, signal: AbortSignal) =>
  async (panel: Panel | undefined): Promise<FigureData | undefined> => {
    if (panel === undefined) return undefined;
    try {
      return { panel, context, frames: (await runPanel(panel, context, sparklinePixels, signal)).frames };
    } catch (error) {
      return { panel, context, error: error instanceof Error ? error : new Error(String(error)) };
    }
  };

/** Then it is not the query: the figures of before are to stay. */
function throwWhenNothingIsKnown(figures: readonly FigureData[]): void {
  const [first] = figures;
  if (first?.error !== undefined && figures.every(({ error }) => error !== undefined)) throw first.error;
}

function statPanels({ panels = [] }: Dashboard): readonly Panel[] {
  return panels.flatMap((panel) => (isRow(panel) ? panel.panels : [panel])).filter(({ type }) => type === 'stat');
}

const isRow = (panel: Panel | RowPanel): panel is RowPanel => panel.type === 'row';

function overTime(panel: Panel | undefined): Panel | undefined {
  return panel && { ...panel, targets: panel.targets?.map((target) => ({ ...target, instant: false, range: true })) };
}

function contextOf(dashboard: Dashboard, { from, scrapeIntervalSeconds }: PreviewInfo): QueryContext {
  const rawFrom = from ?? dashboard.time?.from ?? 'now-1h';
  const rawTo = 'now';
  const now = Date.now();
  return {
    ...(parseTimeRange(rawFrom, rawTo, now) ?? { from: now - 3_600_000, to: now }),
    rawFrom,
    rawTo,
    variables: allOfEach(dashboard),
    scrapeIntervalSeconds,
    dashboard: { uid: dashboard.uid ?? '', title: dashboard.title ?? '' },
  };
}

/** Everything is selected: no options have to be asked for, as every variable says what stands for all. */
function allOfEach({ templating }: Dashboard): ReadonlyMap<string, VariableValue> {
  const variables = (templating?.list ?? []).map(({ name, allValue }): VariableValue => ({
    name,
    values: ['$__all'],
    allValue: allValue ?? '.*',
    options: [],
    multi: true,
  }));
  return new Map(variables.map((variable) => [variable.name, variable]));
}
