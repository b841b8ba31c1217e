/** What the health endpoints say. */
import type { CheckStatus, RunChecks } from './checks.ts';

/** Names and outcomes only: an error's message may hold a connection string. */
export interface HealthReport {
  /**
   * `ok`: every check passes. `degraded`: ready, though a check that is not critical fails. `unavailable`: a critical
   * check fails. `draining`: the service is being shut down. The first two are answered with 200, the others with 503.
   */
  readonly status: 'ok' | 'degraded' | 'unavailable' | 'draining';
  readonly checks: Readonly<Record<string, CheckStatus>>;
}

export const drainingReport: HealthReport = { status: 'draining', checks: {} };
export const aliveReport: HealthReport = { status: 'ok', checks: {} };

export async function reportOf(run: RunChecks): Promise<HealthReport> {
  const results = await run();
  const failed = results.filter(({ status }) => status !== 'ok');
  const status = failed.length === 0 ? 'ok' : failed.some(({ critical }) => critical) ? 'unavailable' : 'degraded';
  return { status, checks: Object.fromEntries(results.map((result) => [result.check, result.status])) };
}

/** What Kubernetes and load balancers go by. */
export function statusCodeOf({ status }: HealthReport): 200 | 503 {
  return status === 'ok' || status === 'degraded' ? 200 : 503;
}
