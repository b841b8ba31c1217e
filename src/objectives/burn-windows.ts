/**
 * Multi-window, multi-burn-rate alerting.
 * Source: https://sre.google/workbook/alerting-on-slos/#6-multiwindow-multi-burn-rate-alerts
 */
import type { Duration } from './duration.ts';

/** The windows over which error ratios are recorded, shortest first. */
export const recordedWindows = [
  '5m',
  '30m',
  '1h',
  '2h',
  '6h',
  '1d',
  '3d',
  '30d',
] as const satisfies readonly Duration[];
export type RecordedWindow = (typeof recordedWindows)[number];

/** Windows from a day up are evaluated in a slower group: they move slowly and cost more. */
export const slowWindows: readonly RecordedWindow[] = ['1d', '3d', '30d'];

export interface BurnWindow {
  readonly speed: 'fast' | 'slow';
  readonly long: RecordedWindow;
  /** Ends the alert soon after the burning ends. */
  readonly short: RecordedWindow;
  /** How many times faster than sustainable the budget is spent. */
  readonly factor: number;
}

export const burnWindows: readonly BurnWindow[] = [
  { speed: 'fast', long: '1h', short: '5m', factor: 14.4 },
  { speed: 'fast', long: '6h', short: '30m', factor: 6 },
  { speed: 'slow', long: '1d', short: '2h', factor: 3 },
  { speed: 'slow', long: '3d', short: '6h', factor: 1 },
];
