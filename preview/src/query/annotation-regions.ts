/** The samples of an annotation query as moments and spans, as Grafana's Prometheus data source reads them. */
import type { Series } from '../prometheus/answer.ts';
import { numberOf } from './frames.ts';
import { fillLabels } from './series-name.ts';

export interface Annotation {
  /** Milliseconds since 1970; `from === to` for a moment. */
  readonly from: number;
  readonly to: number;
  readonly title: string;
  readonly text: string;
  readonly tags: readonly string[];
  /** A colour's name or code, e.g. `red`. */
  readonly color: string;
  /** Of the annotation query, e.g. `Deploys`. */
  readonly name: string;
}

export interface AnnotationStyle {
  readonly name: string;
  readonly color: string;
  /** `{{label}}` stands for a label's value. */
  readonly titleFormat: string;
  readonly textFormat: string;
  /** Labels whose values are tags. */
  readonly tagKeys: readonly string[];
  readonly stepSeconds: number;
  /** The value is a moment in milliseconds, whenever it was sampled. */
  readonly useValueForTime: boolean;
}

/** Samples above zero that are no more than a step apart are one region. */
export function regionsOf({ metric, values = [] }: Series, style: AnnotationStyle): Annotation[] {
  const moments = values.flatMap(([seconds, value]) => momentOf(seconds, numberOf(value), style));
  const spans = joined(moments, style.stepSeconds * 1000);
  const fill = (format: string): string => fillLabels(format, metric, (label) => label);
  return spans.map(([from, to]) => ({
    from,
    to,
    title: fill(style.titleFormat),
    text: fill(style.textFormat),
    tags: style.tagKeys.flatMap((key) => metric[key] ?? []),
    color: style.color,
    name: style.name,
  }));
}

function momentOf(seconds: number, value: number, { useValueForTime }: AnnotationStyle): number[] {
  if (useValueForTime) return Number.isFinite(value) ? [Math.floor(value)] : [];
  return value > 0 ? [Math.round(seconds * 1000)] : [];
}

function joined(moments: readonly number[], stepMillis: number): (readonly [from: number, to: number])[] {
  const spans: (readonly [number, number])[] = [];
  for (const moment of moments) {
    const last = spans.at(-1);
    if (last !== undefined && moment - last[1] <= stepMillis) spans[spans.length - 1] = [last[0], moment];
    else spans.push([moment, moment]);
  }
  return spans;
}
