/** Does the stack itself work: Prometheus, Alertmanager, and the way between them. */
import { identityLabels } from '../catalog/exposers.ts';
import { monitoringStackCatalog } from '../catalog/monitoring-stack.ts';
import { humanDuration } from '../objectives/in-words.ts';
import { metaAlertKnobs } from '../objectives/meta-alert-knobs.ts';
import type { Model } from '../model/model.ts';
import { promql } from '../promql/expression.ts';
import { increase, minBy, sumBy } from '../promql/functions.ts';
import { counter, gauge } from '../promql/selector.ts';
import { type Alert, defineAlert } from './alert.ts';
import { templateWords, value } from './go-template.ts';
import { holdOf, windowOf } from './rule-clock.ts';

const perInstance = [...identityLabels, 'instance'] as const;
const group = 'monitoring';
const component = 'monitoring';
const panel = { dashboard: 'telltale-infrastructure', panel: 'monitoring-failures' } as const;

export function monitoringAlerts(model: Model): readonly Alert[] {
  return [
    ruleFailures(model),
    prometheusNotificationsFailing(model),
    alertmanagerNotificationsFailing(model),
    sampleLimitExceeded(model),
    configReloadFailed(model),
  ];
}

function ruleFailures(model: Model): Alert {
  const { window, for: hold } = metaAlertKnobs.PrometheusRuleFailures;
  const { label } = templateWords(model);
  const { ruleFailures: failures } = monitoringStackCatalog;
  const failed = sumBy([...perInstance, 'rule_group'], increase(counter(failures), windowOf(model, window)));
  const ruleGroup = label('rule_group', failures);
  return defineAlert({
    name: 'PrometheusRuleFailures',
    group,
    branches: [{ id: 'failures', expression: promql`${failed} > ${0}`, describes: 'a rule could not be evaluated' }],
    for: holdOf(model, hold),
    severity: 'critical',
    component,
    annotations: {
      summary: `Prometheus cannot evaluate rules of ${ruleGroup}`,
      description: `Evaluations of rules in ${ruleGroup} have failed for ${humanDuration(hold)}: ${value.number} in the last ${humanDuration(window)}. Alerts of that group may be blind, so users may suffer unseen.`,
      impact: 'Alerts that depend on these rules do not fire.',
      action:
        'Open the rules page of Prometheus: it shows the error beside the rule; most often two series match where one was expected.',
    },
    panel,
  });
}

function prometheusNotificationsFailing(model: Model): Alert {
  const { window, for: hold } = metaAlertKnobs.PrometheusNotificationsFailing;
  const { label } = templateWords(model);
  const { notificationErrors, notificationsDropped } = monitoringStackCatalog;
  const span = windowOf(model, window);
  const errors = sumBy(perInstance, increase(counter(notificationErrors), span));
  const dropped = sumBy(perInstance, increase(counter(notificationsDropped), span));
  return defineAlert({
    name: 'PrometheusNotificationsFailing',
    group,
    branches: [
      {
        id: 'errors',
        expression: promql`${errors} > ${0}`,
        describes: 'Alertmanager refuses alerts or does not answer',
      },
      { id: 'dropped', expression: promql`${dropped} > ${0}`, describes: 'Prometheus gave up on alerts' },
    ],
    for: holdOf(model, hold),
    severity: 'critical',
    component,
    annotations: {
      summary: `Prometheus ${label('instance')} cannot hand alerts to Alertmanager`,
      description: `Alerts from Prometheus ${label('instance')} have been refused or dropped for ${humanDuration(hold)}. Nobody is told when users suffer.`,
      impact: 'Alerts fire and nobody hears of them.',
      action:
        'See whether Alertmanager runs and answers on its port, and what the log of Prometheus says about notifications.',
    },
    panel,
  });
}

function alertmanagerNotificationsFailing(model: Model): Alert {
  const { window, for: hold } = metaAlertKnobs.AlertmanagerNotificationsFailing;
  const { label } = templateWords(model);
  const { alertmanagerFailed } = monitoringStackCatalog;
  const failed = sumBy([...perInstance, 'integration'], increase(counter(alertmanagerFailed), windowOf(model, window)));
  const integration = label('integration', alertmanagerFailed);
  return defineAlert({
    name: 'AlertmanagerNotificationsFailing',
    group,
    branches: [
      { id: 'failures', expression: promql`${failed} > ${0}`, describes: 'a receiver does not take notifications' },
    ],
    for: holdOf(model, hold),
    severity: 'critical',
    component,
    annotations: {
      summary: `Notifications by ${integration} fail`,
      description: `Alertmanager ${label('instance')} has failed to notify by ${integration} for ${humanDuration(hold)}. Whoever relies on it is not told when users suffer.`,
      impact: 'Pages or messages are lost.',
      action: 'Read the log of Alertmanager: an expired key, a wrong address, or the receiver is down.',
    },
    panel,
  });
}

function sampleLimitExceeded(model: Model): Alert {
  const { window, for: hold } = metaAlertKnobs.ScrapeSampleLimitExceeded;
  const { label } = templateWords(model);
  const exceeded = sumBy(
    perInstance,
    increase(counter(monitoringStackCatalog.sampleLimitExceeded), windowOf(model, window)),
  );
  return defineAlert({
    name: 'ScrapeSampleLimitExceeded',
    group,
    branches: [
      {
        id: 'exceeded',
        expression: promql`${exceeded} > ${0}`,
        describes: 'a target exposes more series than allowed',
      },
    ],
    for: holdOf(model, hold),
    severity: 'warning',
    component,
    annotations: {
      summary: `Prometheus ${label('instance')} throws scrapes away: a target exposes too many series`,
      description: `${value.number} scrapes in the last ${humanDuration(window)} were thrown away because the target exposed more series than its sample_limit. Its boards and alerts are empty, so users may suffer unseen.`,
      impact: 'The target is blind: none of its metrics are stored.',
      action:
        'Open the targets page of Prometheus, find the target, and look for a label with unbounded values; raise the limit only after that.',
    },
    panel,
  });
}

function configReloadFailed(model: Model): Alert {
  const { for: hold } = metaAlertKnobs.ConfigReloadFailed;
  const { label } = templateWords(model);
  const { configReloaded, alertmanagerConfigReloaded } = monitoringStackCatalog;
  return defineAlert({
    name: 'ConfigReloadFailed',
    group,
    branches: [
      {
        id: 'prometheus',
        expression: promql`${minBy(perInstance, gauge(configReloaded))} == ${0}`,
        describes: 'Prometheus runs with an older configuration than the one on disk',
      },
      {
        id: 'alertmanager',
        expression: promql`${minBy(perInstance, gauge(alertmanagerConfigReloaded))} == ${0}`,
        describes: 'Alertmanager runs with an older configuration than the one on disk',
      },
    ],
    for: holdOf(model, hold),
    severity: 'warning',
    component,
    annotations: {
      summary: `${label('instance')} could not load its new configuration`,
      description: `${label('instance')} has run with an older configuration than the one on disk for ${humanDuration(hold)}. New rules, targets and receivers are not in force; after a restart it may not come up.`,
      impact: 'What was changed last has no effect yet.',
      action: 'Check the file with promtool or amtool, mend it, and reload.',
    },
    panel,
  });
}
