/**
 * Every number of the 15 alerts. The rule, the line on the panel and the sentence on the runbook page read the same
 * constant; a user overrides it by name: `alerts: { HighErrorRate: { threshold: 0.02 } }`.
 */
import type { Duration } from './duration.ts';

/** `threshold` is in the unit that the alert's table row says; `for` is how long it must hold. */
export const defaultAlertKnobs = {
  /** threshold: share of requests (0-1); minRequestRate: requests a second. */
  HighErrorRate: { threshold: 0.05, minRequestRate: 0.1, for: '5m' },
  /** threshold: seconds, must be a bucket bound; quantile 0-1; minRequestRate: requests a second. */
  HighResponseTime: { threshold: 1, quantile: 0.95, minRequestRate: 0.1, for: '10m' },
  /** minBadRequests: in the long window. Windows and factors: burn-windows.ts. */
  ErrorBudgetBurnFast: { minBadRequests: 5, for: '2m' },
  ErrorBudgetBurnSlow: { minBadRequests: 5, for: '15m' },
  HealthCheckFailing: { for: '2m' },
  ServiceDown: { for: '1m' },
  /** threshold: restarts within `window`. */
  ServiceRestarting: { threshold: 2, window: '15m', keepFiringFor: '10m' },
  /** threshold: seconds of p99 event loop lag. */
  EventLoopLagHigh: { threshold: 0.25, for: '5m' },
  DatabaseConnectionLost: { for: '1m' },
  /** threshold: share of connections in use (0-1). */
  DatabaseConnectionsHigh: { threshold: 0.8, for: '5m' },
  /** threshold: seconds, must be a bucket bound of the query histogram; minQueryRate: queries a second. */
  DatabaseQueriesSlow: { threshold: 0.5, quantile: 0.95, minQueryRate: 0.1, for: '10m' },
  /** maxAgeHours: since the last success. */
  BackupStale: { maxAgeHours: 26, for: '15m' },
  /** threshold: share of memory in use (0-1). */
  MemoryUsageHigh: { threshold: 0.85, for: '10m' },
  /** freeRatio and criticalFreeRatio: share of space free (0-1); forecastHours: until full; forecastWindow: looked back on. */
  DiskSpaceLow: { freeRatio: 0.15, criticalFreeRatio: 0.05, forecastHours: 6, forecastWindow: '6h', for: '15m' },
  /** threshold: share of last week's activity (0-1); minPerHour: activity in the same hour a week ago. */
  BusinessActivityDrop: { threshold: 0.5, minPerHour: 20, for: '30m' },
} as const satisfies Readonly<Record<string, Readonly<Record<string, number | Duration>>>>;

type Widen<T> = T extends number ? number : Duration;

export type AlertName = keyof typeof defaultAlertKnobs;
export type AlertKnobs = {
  readonly [A in AlertName]: {
    readonly [K in keyof (typeof defaultAlertKnobs)[A]]: Widen<(typeof defaultAlertKnobs)[A][K]>;
  };
};
