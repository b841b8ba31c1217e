/** Where the page says that the threshold lines of a graph are. */
import type { Locator } from 'playwright-core';

export interface ThresholdPosition {
  readonly value: number;
  /** Pixels below the upper edge of the panel. */
  readonly y: number;
}

export async function thresholdPositions(panel: Locator): Promise<readonly ThresholdPosition[]> {
  return JSON.parse((await panel.getAttribute('data-thresholds')) ?? '[]') as ThresholdPosition[];
}
