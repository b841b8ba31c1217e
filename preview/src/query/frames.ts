/**
 * Prometheus' results as data frames, shaped as Grafana's Prometheus data source shapes them: a frame per series, or a
 * table per query. Gaps stay gaps: the time field's `interval` tells what draws where to break a line.
 */
import type { Labels, QueryResult, Sample, Series, VectorSample } from '../prometheus/answer.ts';
import { seriesName } from './series-name.ts';

/** As much of a field of @grafana/data as is made here: its `FieldType` is these strings. */
export interface Field {
  readonly name: string;
  readonly type: 'time' | 'number' | 'string';
  readonly labels?: Labels;
  readonly config: {
    /** Milliseconds between samples. */
    readonly interval?: number;
    readonly displayNameFromDS?: string;
    readonly filterable?: boolean;
  };
  readonly values: readonly (number | string)[];
}

export interface Frame {
  readonly refId: string;
  readonly fields: readonly Field[];
  readonly length: number;
}

export interface FrameOptions {
  readonly refId: string;
  readonly legendFormat: string;
  /** After interpolation. */
  readonly expr: string;
  readonly stepSeconds: number;
}

export function rangeFrames(series: readonly Series[], options: FrameOptions): Frame[] {
  return series.flatMap(({ metric, values }) => (values === undefined ? [] : [seriesFrame(metric, values, options)]));
}

export function instantFrames(result: QueryResult, options: FrameOptions): Frame[] {
  switch (result.resultType) {
    case 'vector':
      return result.result.flatMap(({ metric, value }) =>
        value === undefined ? [] : [seriesFrame(metric, [value], options)],
      );
    case 'matrix':
      return rangeFrames(result.result, options);
    case 'scalar':
      return [seriesFrame({}, [result.result], options)];
    case 'string':
      return [];
  }
}

/** Series that a frame cannot hold: all their samples are native histograms. */
export function countHistograms(series: readonly (Series | VectorSample)[]): number {
  return series.filter((each) => !('values' in each) && !('value' in each)).length;
}

function seriesFrame(labels: Labels, samples: readonly Sample[], options: FrameOptions): Frame {
  const name = seriesName(labels, options);
  return {
    refId: options.refId,
    length: samples.length,
    fields: [
      {
        name: 'Time',
        type: 'time',
        config: { interval: options.stepSeconds * 1000 },
        values: samples.map(([seconds]) => Math.round(seconds * 1000)),
      },
      {
        name: 'Value',
        type: 'number',
        labels,
        config: name === undefined ? {} : { displayNameFromDS: name },
        values: samples.map(([, value]) => numberOf(value)),
      },
    ],
  };
}

/** Not `Number`: Prometheus writes `+Inf` and `-Inf`. */
export function numberOf(text: string): number {
  const infinite = /^([+-]?)Inf$/.exec(text);
  if (infinite === null) return Number(text);
  return infinite[1] === '-' ? -Infinity : Infinity;
}
