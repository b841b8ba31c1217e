/** Asks everything that a panel shows. */
import { type DataFrame, rangeUtil } from '@grafana/data';
import type { Panel } from '@grafana/schema';
import type { QueryContext } from './context.ts';
import type { Frame } from './frames.ts';
import { interpolate, interpolateTitle } from './interpolate.ts';
import type { PanelData } from './panel-data.ts';
import { runTarget, type TargetData } from './run-target.ts';
import { stepSeconds } from './step.ts';
import { tables } from './tables.ts';
import { type Target, targetsOf } from './target.ts';
import { transform } from './transformations.ts';

/** @throws when a query fails: the message is Prometheus' own */
export async function runPanel(
  panel: Panel,
  context: QueryContext,
  widthPixels: number,
  signal: AbortSignal,
): Promise<PanelData> {
  const answers = await Promise.all(
    targetsOf(panel).map((target) =>
      runTarget({ target, context, stepSeconds: stepOf({ panel, target, context, widthPixels }), signal }),
    ),
  );
  return {
    frames: await transform(panel.transformations ?? [], dataFrames(framesOf(answers)), (text) =>
      interpolateTitle(text, context),
    ),
    exemplars: dataFrames(answers.flatMap(({ exemplars }) => exemplars)),
    notices: [...new Set(answers.flatMap(({ notices }) => notices))],
  };
}

/** Tables come last, as in Grafana. */
function framesOf(answers: readonly TargetData[]): Frame[] {
  const series = answers.filter(({ table }) => !table).flatMap(({ frames }) => frames);
  return [...series, ...tables(answers.filter(({ table }) => table))];
}

interface StepOf {
  readonly panel: Panel;
  readonly target: Target;
  readonly context: QueryContext;
  readonly widthPixels: number;
}

function stepOf({ panel, target, context, widthPixels }: StepOf): number {
  const interval = interpolate(target.interval || (panel.interval ?? ''), context);
  return stepSeconds({
    rangeMillis: context.to - context.from,
    widthPixels,
    minStepSeconds: interval === '' ? context.scrapeIntervalSeconds : rangeUtil.intervalToSeconds(interval),
    ...(typeof panel.maxDataPoints === 'number' && { maxDataPoints: panel.maxDataPoints }),
  });
}

/** Frames are made without @grafana/data, whose field types are strings with names. */
const dataFrames = (frames: readonly Frame[]): DataFrame[] => frames as DataFrame[];
