/** Every number of the alerts by which the stack watches itself. They are not tuned in the config: they hold for any service. */
import type { Duration } from './duration.ts';

export const metaAlertKnobs = {
  TargetDown: { for: '5m' },
  PrometheusRuleFailures: { window: '5m', for: '5m' },
  PrometheusNotificationsFailing: { window: '5m', for: '5m' },
  AlertmanagerNotificationsFailing: { window: '5m', for: '5m' },
  /** freeRatio: share of space free (0-1), below which the forecast is believed; forecastHours: until full. */
  DiskFullTomorrow: { freeRatio: 0.4, forecastHours: 24, forecastWindow: '6h', for: '1h' },
  CertificateExpiresSoon: { days: 14, for: '1h' },
  ScrapeSampleLimitExceeded: { window: '10m', for: '5m' },
  ConfigReloadFailed: { for: '10m' },
} as const satisfies Readonly<Record<string, Readonly<Record<string, number | Duration>>>>;
