/** What Prometheus keeps of its alerts. */
import { scrapedCatalog } from '../../catalog/scraped.ts';
import { type Expression, labels, promql } from '../../promql/expression.ts';
import { maxBy, minBy } from '../../promql/functions.ts';
import { gauge, matching, not } from '../../promql/selector.ts';
import { perService } from './expressions.ts';

/** It fires all the time, so it would only hide the others. */
const butWatchdog = { alertname: not('Watchdog') };

/** Of the stack, not of a service: choosing a service must not silence it. */
export const watchdogFiring = gauge(scrapedCatalog.alerts, {
  alertname: 'Watchdog',
  alertstate: 'firing',
  service: matching('.+'),
});

export const firing = gauge(scrapedCatalog.alerts, { ...butWatchdog, alertstate: 'firing' });
export const pending = gauge(scrapedCatalog.alerts, { ...butWatchdog, alertstate: 'pending' });

const perAlert = [...perService, 'alertname', 'severity'] as const;
const perState = [...perAlert, 'alertstate'] as const;

/** Seconds that each alert has been pending or firing, by state. */
export const alertAge: Expression<(typeof perState)[number]> = {
  ...promql`${maxBy(perState, gauge(scrapedCatalog.alerts, butWatchdog))} * on (${labels(perAlert)}) group_left () ${promql`time() - ${minBy(perAlert, gauge(scrapedCatalog.alertsForState, butWatchdog))}`}`,
  labels: perState,
};

/** 1 for each firing alert that did not fire a minute before, looked at every minute of a week. */
export const raisedInWeek: Expression<(typeof firing)['labels'][number]> = {
  ...promql`count_over_time(${promql`${firing} unless ${firing.offset('1m')}`}[1w:1m])`,
  labels: firing.labels,
  atomic: true,
};
