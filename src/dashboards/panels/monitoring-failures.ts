/** Failures of the stack itself, and what it told to whom. */
import { monitoringStackCatalog as stack } from '../../catalog/monitoring-stack.ts';
import { promql } from '../../promql/expression.ts';
import { increase, maxBy, sumBy } from '../../promql/functions.ts';
import { counter, gauge } from '../../promql/selector.ts';
import type { Target, TimeseriesPanel } from '../panel.ts';
import { outcomeColors } from './series-colors.ts';
import { graph } from './shapes.ts';
import { noneIsGood } from './thresholds.ts';

const window = '5m';

type Failures = (typeof stack)[
  'ruleFailures' | 'notificationErrors' | 'notificationsDropped' | 'sampleLimitExceeded' | 'alertmanagerFailed'];

const failures: readonly (readonly [Failures, name: string])[] = [
  [stack.ruleFailures, 'rules not evaluated'],
  [stack.notificationErrors, 'alerts not handed over'],
  [stack.notificationsDropped, 'alerts given up'],
  [stack.sampleLimitExceeded, 'scrapes over the limit'],
  [stack.alertmanagerFailed, 'notifications failed'],
];

export function stackFailures(): TimeseriesPanel {
  return graph({
    key: 'monitoring-failures',
    title: 'Failures of the stack',
    description:
      'Failed rule evaluations, notifications and scrapes in 5 minutes, and configurations that could not be loaded. Good: everything at 0; otherwise alerts may be blind or unheard.',
    unit: 'count',
    targets: [
      ...failures.map(([metric, name]): Target => ({
        expression: sumBy([], increase(counter(metric), window)),
        legend: name,
      })),
      notLoaded(stack.configReloaded, 'Prometheus'),
      notLoaded(stack.alertmanagerConfigReloaded, 'Alertmanager'),
    ],
    thresholds: noneIsGood,
    min: 0,
    alerts: [
      'PrometheusRuleFailures',
      'PrometheusNotificationsFailing',
      'AlertmanagerNotificationsFailing',
      'ScrapeSampleLimitExceeded',
      'ConfigReloadFailed',
    ],
    noValue: 'Neither Prometheus nor Alertmanager is scraped',
  });
}

function notLoaded(metric: (typeof stack)['configReloaded' | 'alertmanagerConfigReloaded'], of: string): Target {
  return {
    expression: maxBy([], promql`${gauge(metric)} == bool 0`),
    legend: `configuration of ${of}`,
  };
}

/** Of all kinds of receivers: most of them are not in use. */
function withinHour(
  metric: (typeof stack)['alertmanagerNotifications' | 'alertmanagerFailed'],
  legend: string,
): Target {
  return { expression: sumBy([], increase(counter(metric), '1h')), legend };
}

export function notifications(): TimeseriesPanel {
  return graph({
    key: 'notifications',
    title: 'Notifications sent',
    description:
      'Notifications that Alertmanager tried to send within an hour, and how many of them failed. Good: Watchdog alone keeps it above 0, and none failed; at 0 nobody is told.',
    unit: 'count',
    targets: [withinHour(stack.alertmanagerNotifications, 'sent'), withinHour(stack.alertmanagerFailed, 'failed')],
    min: 0,
    colors: outcomeColors,
    alerts: ['NobodyIsPaged', 'AlertmanagerNotificationsFailing', 'Watchdog'],
    related: [{ dashboard: 'telltale-errors', panel: 'alerts-firing' }],
    noValue: 'Alertmanager is not scraped',
  });
}
