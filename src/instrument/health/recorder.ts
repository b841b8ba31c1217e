/** Health checks as metrics, alive also when nobody probes. */
import { healthCatalog } from '../../catalog/health.ts';
import type { RecorderOptions } from '../metrics/from-catalog.ts';
import type { CheckResult, RunChecks } from './checks.ts';
import type { BoundedMetrics } from '../metrics/bounded-metrics.ts';
import { acquireShared, type Shared } from '../metrics/shared-parts.ts';

/** Passes as long as the process can answer: liveness as a series. */
export const aliveCheck = 'alive';

export interface HealthRecorder {
  /** Makes the duration of a check exist. */
  declare(check: string): void;
  record(result: CheckResult): void;
  /** Of the checks; on the registry once. */
  forget(check: string): void;
}

/** @throws TELLTALE_NO_CLIENT, TELLTALE_METRIC_TAKEN */
export function acquireHealthRecorder(options: RecorderOptions): Shared<HealthRecorder> {
  return acquireShared(options, 'health', createRecorder);
}

function createRecorder(metrics: BoundedMetrics): HealthRecorder {
  const status = metrics.gauge(healthCatalog.status);
  const duration = metrics.histogram(healthCatalog.duration);
  status.set({ check: aliveCheck }, 1);
  return {
    declare: (check) => duration.zero({ check }),
    record: ({ check, status: outcome, seconds }) => {
      status.set({ check }, outcome === 'ok' ? 1 : 0);
      duration.observe({ check }, seconds);
    },
    forget: (check) => status.remove({ check }),
  };
}

/**
 * Runs the checks now and then every interval, give or take a tenth: instances that started together must not query a
 * database together. Does not keep the process alive.
 * @returns a function that stops it
 */
export function runRegularly(run: RunChecks, intervalMillis: number): () => void {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const next = async (): Promise<void> => {
    await run();
    if (!stopped) schedule(intervalMillis * (0.9 + Math.random() * 0.2));
  };
  const schedule = (millis: number): void => {
    timer = setTimeout(() => void next(), millis).unref();
  };
  schedule(0);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
