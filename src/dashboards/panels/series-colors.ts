/** Colours that mean something, and mean the same on every panel. */
import type { SeriesColor } from '../panel.ts';

/** As the lines of their objectives. */
export const percentileColors: readonly SeriesColor[] = [
  { names: 'p50$', color: 'blue', shades: true },
  { names: 'p95$', color: 'yellow', shades: true },
  { names: 'p99$', color: 'purple', shades: true },
];

/** By the class of an HTTP status. */
export const statusColors: readonly SeriesColor[] = [
  { names: '^1..$', color: 'purple', shades: true },
  { names: '^2..$', color: 'green', shades: true },
  { names: '^3..$', color: 'blue', shades: true },
  { names: '^4..$', color: 'yellow', shades: true },
  { names: '^5..$', color: 'red', shades: true },
];

/** What is wrong whatever it is called. */
export const errorColors: readonly SeriesColor[] = [{ names: '.', color: 'red', shades: true }];

/** How something ended, whatever it was. */
export const outcomeColors: readonly SeriesColor[] = [
  { names: '\\b(succeeded|success|passed|ok|exported)$', color: 'green', shades: true },
  { names: '\\b(failed|failure|error|errors|rejected|refused|deadlocks)$', color: 'red', shades: true },
];
