/** How far an axis reaches where the data do not say: a flat zero must look like zero, and lines be in view. */
import type { DisplayUnit, TimeseriesPanel } from '../dashboards/panel.ts';
import { justAbove } from '../dashboards/panels/thresholds.ts';

/** Little enough that a single event of a window is seen; without it Grafana draws nothing but zeros up to 100. */
const littleOf = {
  seconds: 0.01,
  bytes: 1024,
  bytes_per_second: 1024,
  ratio: 0.1,
  count: 4,
  per_second: 0.1,
  requests_per_second: 0.1,
  operations_per_second: 0.1,
  amount: 10,
  age: 60,
  state: 1,
  cores: 1,
} as const satisfies Readonly<Record<DisplayUnit, number>>;

/** Nothing where the axis ends anyway. */
export function softMaxOf({ max, softMax, thresholds, unit }: TimeseriesPanel): number | undefined {
  if (max !== undefined) return undefined;
  const [highest] = (thresholds?.steps ?? []).map(({ value }) => value).sort((a, b) => b - a);
  return softMax ?? (highest === undefined || highest <= 0 ? littleOf[unit] : justAbove(highest));
}

/** Of an axis at the right, which has no lines. */
export function rightSoftMax(unit: DisplayUnit): number {
  return littleOf[unit];
}
