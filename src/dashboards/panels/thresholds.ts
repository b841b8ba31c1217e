/** Thresholds in the words of a panel. Their values come from the objectives; only 0 and 1 are said outright. */
import type { Mappings, Thresholds, ThresholdStep } from '../panel.ts';

type Color = ThresholdStep['color'];

/** Green until the steps; each step colours what is at or above it. */
export function risesInto(...steps: readonly (readonly [value: number, color: Color])[]): Thresholds {
  return { base: 'green', steps: toSteps(steps) };
}

/** Red until the steps: a supply that runs out. */
export function fallsBelow(...steps: readonly (readonly [value: number, color: Color])[]): Thresholds {
  return { base: 'red', steps: toSteps(steps) };
}

/** Anything but none is too much. */
export const noneIsGood: Thresholds = risesInto([1, 'red']);

/** 1 is good, 0 is not. */
export const oneIsGood: Thresholds = fallsBelow([1, 'green']);

export const upOrDown: Mappings = { 0: { text: 'down', color: 'red' }, 1: { text: 'up', color: 'green' } };
export const passedOrFailed: Mappings = { 0: { text: 'failed', color: 'red' }, 1: { text: 'passed', color: 'green' } };

export const loadedOrNot: Mappings = { 0: { text: 'not loaded', color: 'red' }, 1: { text: 'loaded', color: 'green' } };

/** Where an axis ends that shows a line with room above it: 0.06 for 0.05, and not 0.06000000000000001. */
export function justAbove(line: number): number {
  return Number((line * 1.2).toPrecision(3));
}

/** Steps must ascend, whatever the user's objectives are: of equal values the last one counts. */
function toSteps(steps: readonly (readonly [number, Color])[]): ThresholdStep[] {
  const byValue = new Map(steps);
  return [...byValue].sort(([a], [b]) => a - b).map(([value, color]) => ({ value, color }));
}
