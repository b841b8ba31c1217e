/** Names of every alert that has a page: the 15 of the services, and those by which the stack watches itself. */
import { type AlertName, defaultAlertKnobs } from '../objectives/alert-knobs.ts';

export const metaAlertNames = [
  'Watchdog',
  'TargetDown',
  'PrometheusRuleFailures',
  'PrometheusNotificationsFailing',
  'AlertmanagerNotificationsFailing',
  'DiskFullTomorrow',
  'CertificateExpiresSoon',
  'ScrapeSampleLimitExceeded',
  'NobodyIsPaged',
  'ConfigReloadFailed',
  'RemoteWriteBehind',
] as const;
export type MetaAlertName = (typeof metaAlertNames)[number];

export type AlertPageName = AlertName | MetaAlertName;

export const alertPageNames: readonly AlertPageName[] = [
  ...(Object.keys(defaultAlertKnobs) as AlertName[]),
  ...metaAlertNames,
];
