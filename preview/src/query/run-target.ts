/** Asks one query of a panel. */
import { query, queryExemplars, queryRange } from '../prometheus/client.ts';
import type { QueryContext } from './context.ts';
import { exemplarFrame } from './exemplars.ts';
import { countHistograms, type Frame, type FrameOptions, instantFrames, rangeFrames } from './frames.ts';
import { interpolate } from './interpolate.ts';
import { alignToStep } from './step.ts';
import type { Target } from './target.ts';

export interface Asking {
  readonly target: Target;
  readonly context: QueryContext;
  readonly stepSeconds: number;
  readonly signal: AbortSignal;
}

export interface TargetData {
  readonly refId: string;
  readonly table: boolean;
  /** One per series. */
  readonly frames: readonly Frame[];
  readonly exemplars: readonly Frame[];
  readonly notices: readonly string[];
}

type Part = Partial<Pick<TargetData, 'frames' | 'exemplars' | 'notices'>>;
const nothing: Part = {};

/** @throws what Prometheus says is wrong with the query; exemplars that cannot be had are a notice */
export async function runTarget(asking: Asking): Promise<TargetData> {
  const { refId, table, instant, range, exemplar } = asking.target;
  const parts = await Promise.all([
    instant ? runInstant(asking) : nothing,
    range ? runRange(asking) : nothing,
    exemplar ? runExemplars(asking) : nothing,
  ]);
  return {
    refId,
    table,
    frames: parts.flatMap(({ frames = [] }) => frames),
    exemplars: parts.flatMap(({ exemplars = [] }) => exemplars),
    notices: parts.flatMap(({ notices = [] }) => notices),
  };
}

async function runInstant(asking: Asking): Promise<Part> {
  const options = frameOptions(asking);
  const asked = { query: options.expr, timeMillis: asking.context.to };
  const { data, notices } = await query(asked, asking.signal);
  const ofHistograms = data.resultType === 'vector' ? histogramNotice(countHistograms(data.result), asking) : [];
  return { frames: instantFrames(data, options), notices: [...notices, ...ofHistograms] };
}

async function runRange(asking: Asking): Promise<Part> {
  const options = frameOptions(asking);
  const asked = { query: options.expr, ...alignedSpan(asking), stepSeconds: asking.stepSeconds };
  const { data, notices } = await queryRange(asked, asking.signal);
  return {
    frames: rangeFrames(data, options),
    notices: [...notices, ...histogramNotice(countHistograms(data), asking)],
  };
}

async function runExemplars(asking: Asking): Promise<Part> {
  const { target, context, stepSeconds, signal } = asking;
  const asked = { query: frameOptions(asking).expr, fromMillis: context.from, toMillis: context.to };
  try {
    const { data, notices } = await queryExemplars(asked, signal);
    const frame = exemplarFrame(data, { refId: target.refId, stepSeconds });
    return { exemplars: frame === undefined ? [] : [frame], notices };
  } catch (error) {
    signal.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    return { notices: [`Query ${target.refId} is shown without exemplars: ${reason}`] };
  }
}

function frameOptions({ target, context, stepSeconds }: Asking): FrameOptions {
  return {
    refId: target.refId,
    legendFormat: interpolate(target.legendFormat, context, { stepSeconds }),
    expr: interpolate(target.expr, context, { stepSeconds }),
    stepSeconds,
  };
}

function alignedSpan({ context, stepSeconds }: Asking): { readonly fromMillis: number; readonly toMillis: number } {
  const utcOffsetSeconds = -60 * new Date(context.to).getTimezoneOffset();
  return {
    fromMillis: alignToStep(context.from, stepSeconds, utcOffsetSeconds),
    toMillis: alignToStep(context.to, stepSeconds, utcOffsetSeconds),
  };
}

function histogramNotice(count: number, { target }: Asking): string[] {
  if (count === 0) return [];
  return [`Query ${target.refId} leaves out ${count} series of native histograms: a graph cannot show them`];
}
