/** Exemplars: single requests that a histogram remembers, each with its trace. */
import type { ExemplarSeries, Labels } from '../prometheus/answer.ts';
import type { Field, Frame } from './frames.ts';
import { numberOf } from './frames.ts';

interface Point {
  readonly millis: number;
  readonly value: number;
  /** Of the exemplar and of its series. */
  readonly labels: Labels;
}

/** One frame with `Time`, `Value` and a field per label (`trace_id` among them), thinned out as Grafana does. */
export function exemplarFrame(
  series: readonly ExemplarSeries[],
  { refId, stepSeconds }: { readonly refId: string; readonly stepSeconds: number },
): Frame | undefined {
  const points = thinOut(series.flatMap(pointsOf), stepSeconds * 1000);
  if (points.length === 0) return undefined;
  const names = [...new Set(points.flatMap(({ labels }) => Object.keys(labels)))].toSorted();
  const fields: Field[] = [
    { name: 'Time', type: 'time', config: {}, values: points.map(({ millis }) => millis) },
    { name: 'Value', type: 'number', config: {}, values: points.map(({ value }) => value) },
    ...names.map((name): Field => ({
      name,
      type: 'string',
      config: {},
      values: points.map(({ labels }) => labels[name] ?? ''),
    })),
  ];
  return { refId, fields, length: points.length };
}

function pointsOf({ seriesLabels, exemplars }: ExemplarSeries): Point[] {
  return exemplars.map(({ labels, value, timestamp }) => ({
    millis: Math.round(timestamp * 1000),
    value: numberOf(value),
    labels: { ...seriesLabels, ...labels },
  }));
}

/** Of each step the highest, and below it only what is more than two standard deviations away from the last one kept. */
function thinOut(points: readonly Point[], stepMillis: number): Point[] {
  const distance = 2 * standardDeviation(points.map(({ value }) => value));
  return bySteps(points, stepMillis)
    .flatMap((together) => keepApart(together, distance))
    .toSorted((a, b) => a.millis - b.millis);
}

function bySteps(points: readonly Point[], stepMillis: number): Point[][] {
  const steps = new Map<number, Point[]>();
  for (const point of points) {
    const step = Math.floor(point.millis / stepMillis);
    const together = steps.get(step);
    if (together === undefined) steps.set(step, [point]);
    else together.push(point);
  }
  return [...steps.values()];
}

function keepApart(points: readonly Point[], distance: number): Point[] {
  const kept: Point[] = [];
  for (const point of points.toSorted((a, b) => b.value - a.value)) {
    const last = kept.at(-1);
    if (last === undefined || (distance > 0 && last.value - point.value > distance)) kept.push(point);
  }
  return kept;
}

function standardDeviation(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}
