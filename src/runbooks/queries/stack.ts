/** Queries on the monitoring stack itself. */
import { blackboxExporterCatalog } from '../../catalog/blackbox-exporter.ts';
import { identityLabels } from '../../catalog/exposers.ts';
import { kitCatalog } from '../../catalog/kit.ts';
import { monitoringStackCatalog } from '../../catalog/monitoring-stack.ts';
import { scrapedCatalog } from '../../catalog/scraped.ts';
import { type Expression, promql } from '../../promql/expression.ts';
import { aggregate, increase, maxBy, minBy, rate, sumBy, topk } from '../../promql/functions.ts';
import { counter, gauge, matching, not } from '../../promql/selector.ts';

export const targetsDown: Expression = promql`${gauge(scrapedCatalog.up)} == 0`;

/** How many targets of each kind Prometheus knows. */
export const targetsByJob: Expression = aggregate('count', [...identityLabels, 'job'], gauge(scrapedCatalog.up));

/** Instances that answer, by service and job. */
export const targetsUpByJob: Expression = sumBy([...identityLabels, 'job'], gauge(scrapedCatalog.up));

export const probes: Expression = minBy([...identityLabels, 'instance'], gauge(blackboxExporterCatalog.success));

export const probeSeconds: Expression = maxBy([...identityLabels, 'instance'], gauge(blackboxExporterCatalog.duration));

/** Days until the first certificate of each probed address expires. */
export const certificateDays: Expression = promql`(${minBy(
  [...identityLabels, 'instance'],
  gauge(blackboxExporterCatalog.certificateExpiry),
)} - time()) / 86400`;

/** What is firing, without the alert that always fires. */
export const firing: Expression = sumBy(
  [...identityLabels, 'alertname', 'severity'],
  gauge(scrapedCatalog.alerts, { alertstate: 'firing', alertname: not('Watchdog') }),
);

/** Pages only. */
export const firingCritical: Expression = sumBy(
  [...identityLabels, 'alertname'],
  gauge(scrapedCatalog.alerts, { alertstate: 'firing', severity: 'critical' }),
);

export function firingAlert(name: string): Expression {
  return gauge(scrapedCatalog.alerts, { alertname: name, alertstate: matching('pending|firing') });
}

const stack = monitoringStackCatalog;

export const headSeries: Expression = maxBy(['instance'], gauge(stack.headSeries));

export const samplesPerSecond: Expression = sumBy(['instance'], rate(counter(stack.samplesAppended), '5m'));

export const blocksBytes: Expression = maxBy(['instance'], gauge(stack.blocksBytes));

export const ruleFailures: Expression = sumBy(['rule_group'], increase(counter(stack.ruleFailures), '15m'));

export const notificationErrors: Expression = sumBy(
  ['alertmanager'],
  increase(counter(stack.notificationErrors), '15m'),
);

export const notificationsDropped: Expression = sumBy(
  ['instance'],
  increase(counter(stack.notificationsDropped), '15m'),
);

export const receiverFailures: Expression = sumBy(
  ['integration', 'reason'],
  increase(counter(stack.alertmanagerFailed), '15m'),
);

export const receiverAttempts: Expression = sumBy(
  ['integration'],
  increase(counter(stack.alertmanagerNotifications), '15m'),
);

export const sampleLimitHits: Expression = sumBy(['instance'], increase(counter(stack.sampleLimitExceeded), '15m'));

export const prometheusConfigLoaded: Expression = minBy(['instance'], gauge(stack.configReloaded));

export const alertmanagerConfigLoaded: Expression = minBy(['instance'], gauge(stack.alertmanagerConfigReloaded));

export const remotePending: Expression = sumBy(['remote_name', 'url'], gauge(stack.remotePending));

export const remoteFailures: Expression = sumBy(['remote_name', 'url'], increase(counter(stack.remoteFailed), '15m'));

/** The instances that expose the most series. */
export const seriesByInstance: Expression = topk(10, sumBy([...identityLabels, 'instance'], gauge(kitCatalog.series)));

/** Metrics whose labels went over their bounds. */
export const labelOverflow: Expression = sumBy(
  [...identityLabels, 'metric'],
  increase(counter(kitCatalog.labelErrors), '1h'),
);

export const routeOverflow: Expression = sumBy(identityLabels, increase(counter(kitCatalog.routeOverflow), '1h'));

export const spansDropped: Expression = sumBy(
  [...identityLabels, 'reason'],
  increase(counter(kitCatalog.spansDropped), '15m'),
);

export const spansExported: Expression = sumBy(
  [...identityLabels, 'exporter'],
  rate(counter(kitCatalog.spansExported), '5m'),
);
