/** What each rule must say of itself: written out here, so that a change of the rules is seen. */
import type { Labels } from './story.ts';

interface AlertFacts {
  readonly severity: string;
  readonly component: string;
}

const critical = (component: string): AlertFacts => ({ severity: 'critical', component });
const warning = (component: string): AlertFacts => ({ severity: 'warning', component });

export const alertFacts: Readonly<Record<string, AlertFacts>> = {
  HighErrorRate: critical('api'),
  HighResponseTime: warning('api'),
  ErrorBudgetBurnFast: critical('api'),
  ErrorBudgetBurnSlow: warning('api'),
  HealthCheckFailing: critical('api'),
  ServiceDown: critical('api'),
  ServiceRestarting: warning('runtime'),
  EventLoopLagHigh: warning('runtime'),
  DatabaseConnectionLost: critical('database'),
  DatabaseConnectionsHigh: warning('database'),
  DatabaseQueriesSlow: warning('database'),
  BackupStale: critical('backup'),
  MemoryUsageHigh: warning('infrastructure'),
  DiskSpaceLow: critical('infrastructure'),
  BusinessActivityDrop: warning('business'),
  Watchdog: { severity: 'none', component: 'monitoring' },
  NobodyIsPaged: warning('monitoring'),
  TargetDown: warning('monitoring'),
  DiskFullTomorrow: warning('infrastructure'),
  CertificateExpiresSoon: warning('infrastructure'),
  PrometheusRuleFailures: critical('monitoring'),
  PrometheusNotificationsFailing: critical('monitoring'),
  AlertmanagerNotificationsFailing: critical('monitoring'),
  ScrapeSampleLimitExceeded: warning('monitoring'),
  ConfigReloadFailed: warning('monitoring'),
};

/** Teams of the default config; who else runs is the platform's. */
const teams: Readonly<Record<string, string>> = { api: 'classroom', payments: 'payments' };

/** All labels of an alert: those of its series, and those that its rule adds. */
export function fullLabels(alert: string, labels: Labels): Labels {
  const facts = alertFacts[alert];
  if (facts === undefined) throw new Error(`no facts about ${alert}`);
  return { ...labels, ...facts, team: teams[labels['service'] ?? ''] ?? 'platform' };
}
