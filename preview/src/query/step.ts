/**
 * How far apart the samples of a range query are, as Grafana decides it: about one per pixel, rounded to a duration that
 * people use, never closer than scrapes.
 */

export interface StepInput {
  readonly rangeMillis: number;
  /** Width of the graph. */
  readonly widthPixels: number;
  /** The panel's own `interval`, else the time between scrapes. */
  readonly minStepSeconds: number;
  /** @default one per pixel */
  readonly maxDataPoints?: number;
}

/** Prometheus refuses to return more than 11,000 samples per series; both ends count. */
const maxSteps = 11_000 - 1;

/** What Grafana takes for the width of a graph that has none yet. */
const defaultPoints = 500;

const [second, minute, hour, day, week, year] = [1, 60, 3_600, 86_400, 604_800, 31_536_000];

/** Up to which seconds between samples Grafana uses which step. Source: `rangeUtil.roundInterval` of @grafana/data. */
const rounded: readonly (readonly [below: number, step: number])[] = [
  [0.01, 0.001],
  [0.015, 0.01],
  [0.035, 0.02],
  [0.075, 0.05],
  [0.15, 0.1],
  [0.35, 0.2],
  [0.75, 0.5],
  [1.5 * second, second],
  [3.5 * second, 2 * second],
  [7.5 * second, 5 * second],
  [12.5 * second, 10 * second],
  [17.5 * second, 15 * second],
  [25 * second, 20 * second],
  [45 * second, 30 * second],
  [1.5 * minute, minute],
  [3.5 * minute, 2 * minute],
  [7.5 * minute, 5 * minute],
  [12.5 * minute, 10 * minute],
  [17.5 * minute, 15 * minute],
  [25 * minute, 20 * minute],
  [45 * minute, 30 * minute],
  [1.5 * hour, hour],
  [2.5 * hour, 2 * hour],
  [4.5 * hour, 3 * hour],
  [9 * hour, 6 * hour],
  [day, 12 * hour],
  [week, day],
  [3 * week, week],
  [6 * week, 30 * day],
];

export function stepSeconds({ rangeMillis, widthPixels, minStepSeconds, maxDataPoints }: StepInput): number {
  const points = maxDataPoints ?? (widthPixels >= 1 ? Math.floor(widthPixels) : defaultPoints);
  const rangeSeconds = rangeMillis / 1000;
  const wanted = Math.max(roundInterval(rangeSeconds / points), minStepSeconds);
  // Rounding goes down too, so the limit is held by more than a rounded step.
  return rangeSeconds / wanted <= maxSteps ? wanted : Math.ceil(rangeSeconds / maxSteps);
}

function roundInterval(seconds: number): number {
  return rounded.find(([below]) => seconds < below)?.[1] ?? year;
}

/**
 * Both ends on a multiple of the step, so the same samples come back when the range moves on.
 * @param utcOffsetSeconds of the local time, so that steps of days begin at midnight
 */
export function alignToStep(millis: number, step: number, utcOffsetSeconds = 0): number {
  const [stepMillis, offsetMillis] = [step * 1000, utcOffsetSeconds * 1000];
  return Math.floor((millis + offsetMillis) / stepMillis) * stepMillis - offsetMillis;
}
