/** Alert knobs, one check each: a knob without a check does not compile. */
import { storageSeconds } from '../catalog/buckets.ts';
import type { AlertKnobs, AlertName } from '../objectives/alert-knobs.ts';
import { fields, flag, number, type Check } from './checks.ts';
import { bucketBound } from './validate-slos.ts';
import { duration, notNegative, positive, share } from './value-checks.ts';

const restarts = number('a number of restarts must be 1 or more', { min: 1 });

type KnobChecks = { readonly [A in AlertName]: { readonly [K in keyof AlertKnobs[A]]: Check } };

const knobs = (bound: Check): KnobChecks => ({
  HighErrorRate: { threshold: share, minRequestRate: notNegative, for: duration },
  HighResponseTime: { threshold: bound, quantile: share, minRequestRate: notNegative, for: duration },
  ErrorBudgetBurnFast: { minBadRequests: notNegative, for: duration },
  ErrorBudgetBurnSlow: { minBadRequests: notNegative, for: duration },
  HealthCheckFailing: { for: duration },
  ServiceDown: { for: duration },
  ServiceRestarting: { threshold: restarts, window: duration, keepFiringFor: duration },
  EventLoopLagHigh: { threshold: positive, for: duration },
  DatabaseConnectionLost: { for: duration },
  DatabaseConnectionsHigh: { threshold: share, for: duration },
  DatabaseQueriesSlow: {
    threshold: bucketBound('db_query_duration_seconds', storageSeconds),
    quantile: share,
    minQueryRate: notNegative,
    for: duration,
  },
  BackupStale: { maxAgeHours: positive, for: duration },
  MemoryUsageHigh: { threshold: share, for: duration },
  DiskSpaceLow: {
    freeRatio: share,
    criticalFreeRatio: share,
    forecastHours: positive,
    forecastWindow: duration,
    for: duration,
  },
  BusinessActivityDrop: { threshold: share, minPerHour: notNegative, for: duration },
});

/** @param bound what a threshold on the time of requests must be */
export function validateAlerts(bound: Check): Check {
  const alerts = Object.entries(knobs(bound)).map(([name, checks]) => [
    name,
    fields(name, { ...checks, enabled: flag }),
  ]);
  return fields('the alerts', Object.fromEntries(alerts) as Record<AlertName, Check>);
}
