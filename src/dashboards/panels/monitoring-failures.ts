/** Failures of the stack itself, and what it told to whom. */
import { monitoringStackCatalog as stack } from '../../catalog/monitoring-stack.ts';
import { rateInterval } from '../../objectives/duration.ts';
import { promql } from '../../promql/expression.ts';
import { increase, maxBy, rate, sumBy } from '../../promql/functions.ts';
import { counter, gauge } from '../../promql/selector.ts';
import type { Target, TimeseriesPanel } from '../panel.ts';
import { graph } from './shapes.ts';
import { noneIsGood } from './thresholds.ts';

const perInstance = ['environment', 'instance'] as const;
const legend = '{{environment}}/{{instance}}';
const window = '5m';

type Failures = (typeof stack)[
  'ruleFailures' | 'notificationErrors' | 'notificationsDropped' | 'sampleLimitExceeded' | 'alertmanagerFailed'];

const failures: readonly (readonly [Failures, name: string])[] = [
  [stack.ruleFailures, 'rule evaluations'],
  [stack.notificationErrors, 'handing alerts to Alertmanager'],
  [stack.notificationsDropped, 'alerts given up'],
  [stack.sampleLimitExceeded, 'scrapes over their sample limit'],
  [stack.alertmanagerFailed, 'notifications'],
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
        expression: sumBy(perInstance, increase(counter(metric), window)),
        legend: `${legend} ${name}`,
      })),
      notLoaded(stack.configReloaded),
      notLoaded(stack.alertmanagerConfigReloaded),
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

function notLoaded(metric: (typeof stack)['configReloaded' | 'alertmanagerConfigReloaded']): Target {
  return {
    expression: maxBy(perInstance, promql`${gauge(metric)} == bool 0`),
    legend: `${legend} configuration not loaded`,
  };
}

export function notifications(): TimeseriesPanel {
  return graph({
    key: 'notifications',
    title: 'Notifications sent',
    description:
      'Notifications a second that Alertmanager tried to send, by kind of receiver. Good: Watchdog alone keeps it above 0; all at 0 means that nobody is told.',
    unit: 'per_second',
    targets: [
      {
        expression: sumBy(['environment', 'integration'], rate(counter(stack.alertmanagerNotifications), rateInterval)),
        legend: '{{environment}} {{integration}}',
      },
    ],
    min: 0,
    alerts: ['NobodyIsPaged', 'AlertmanagerNotificationsFailing', 'Watchdog'],
    related: [{ dashboard: 'telltale-errors', panel: 'alerts-firing' }],
    noValue: 'Alertmanager is not scraped',
  });
}
