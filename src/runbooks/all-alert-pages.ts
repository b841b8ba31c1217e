/** Every alert page of a model, by the name of the alert. */
import type { Model } from '../model/model.ts';
import { type AlertPageName, alertPageNames } from './alert-ids.ts';
import { alertmanagerNotificationsFailing } from './alert-pages/alertmanager-notifications-failing.ts';
import { backupStale } from './alert-pages/backup-stale.ts';
import { businessActivityDrop } from './alert-pages/business-activity-drop.ts';
import { certificateExpiresSoon } from './alert-pages/certificate-expires-soon.ts';
import { configReloadFailed } from './alert-pages/config-reload-failed.ts';
import { databaseConnectionLost } from './alert-pages/database-connection-lost.ts';
import { databaseConnectionsHigh } from './alert-pages/database-connections-high.ts';
import { databaseQueriesSlow } from './alert-pages/database-queries-slow.ts';
import { diskFullTomorrow } from './alert-pages/disk-full-tomorrow.ts';
import { diskSpaceLow } from './alert-pages/disk-space-low.ts';
import { errorBudgetBurnFast } from './alert-pages/error-budget-burn-fast.ts';
import { errorBudgetBurnSlow } from './alert-pages/error-budget-burn-slow.ts';
import { eventLoopLagHigh } from './alert-pages/event-loop-lag-high.ts';
import { healthCheckFailing } from './alert-pages/health-check-failing.ts';
import { highErrorRate } from './alert-pages/high-error-rate.ts';
import { highResponseTime } from './alert-pages/high-response-time.ts';
import { memoryUsageHigh } from './alert-pages/memory-usage-high.ts';
import { nobodyIsPaged } from './alert-pages/nobody-is-paged.ts';
import { prometheusNotificationsFailing } from './alert-pages/prometheus-notifications-failing.ts';
import { prometheusRuleFailures } from './alert-pages/prometheus-rule-failures.ts';
import { remoteWriteBehind } from './alert-pages/remote-write-behind.ts';
import { scrapeSampleLimitExceeded } from './alert-pages/scrape-sample-limit-exceeded.ts';
import { serviceDown } from './alert-pages/service-down.ts';
import { serviceRestarting } from './alert-pages/service-restarting.ts';
import { targetDown } from './alert-pages/target-down.ts';
import { watchdog } from './alert-pages/watchdog.ts';
import type { AlertPage } from './runbook.ts';
import { sourcedAlertPage } from './sourced-steps.ts';

const pageOf: Readonly<Record<AlertPageName, (model: Model) => AlertPage>> = {
  HighErrorRate: highErrorRate,
  HighResponseTime: highResponseTime,
  ErrorBudgetBurnFast: errorBudgetBurnFast,
  ErrorBudgetBurnSlow: errorBudgetBurnSlow,
  HealthCheckFailing: healthCheckFailing,
  ServiceDown: serviceDown,
  ServiceRestarting: serviceRestarting,
  EventLoopLagHigh: eventLoopLagHigh,
  DatabaseConnectionLost: databaseConnectionLost,
  DatabaseConnectionsHigh: databaseConnectionsHigh,
  DatabaseQueriesSlow: databaseQueriesSlow,
  BackupStale: backupStale,
  MemoryUsageHigh: memoryUsageHigh,
  DiskSpaceLow: diskSpaceLow,
  BusinessActivityDrop: businessActivityDrop,
  Watchdog: watchdog,
  TargetDown: targetDown,
  PrometheusRuleFailures: prometheusRuleFailures,
  PrometheusNotificationsFailing: prometheusNotificationsFailing,
  AlertmanagerNotificationsFailing: alertmanagerNotificationsFailing,
  DiskFullTomorrow: diskFullTomorrow,
  CertificateExpiresSoon: certificateExpiresSoon,
  ScrapeSampleLimitExceeded: scrapeSampleLimitExceeded,
  NobodyIsPaged: nobodyIsPaged,
  ConfigReloadFailed: configReloadFailed,
  RemoteWriteBehind: remoteWriteBehind,
};

/** The page of one alert, without what this model has no source for. */
export function alertPage(name: AlertPageName, model: Model): AlertPage {
  return sourcedAlertPage(pageOf[name](model), model);
}

/** Pages of all alerts that there are; those of alerts that the model does not have are left unused by the join. */
export function allAlertPages(model: Model): readonly AlertPage[] {
  return alertPageNames.map((name) => alertPage(name, model));
}
