/** Activity against the same hour a week ago, and whether payments go through. */
import type { MetricEntry } from '../../catalog/metric.ts';
import { percent } from '../../objectives/in-words.ts';
import { type Expression, promql } from '../../promql/expression.ts';
import { increase, sumBy } from '../../promql/functions.ts';
import type { Duration } from '../../objectives/duration.ts';
import type { Model } from '../../model/model.ts';
import type { Row, Target, TimeseriesPanel } from '../panel.ts';
import { type CounterEntry, grown, isCounter } from './business-series.ts';
import { perService, serviceLegend, shareOf } from './expressions.ts';
import { requests } from './http-series.ts';
import { graph } from './shapes.ts';
import { fallsBelow } from './thresholds.ts';

/** The counter of payments, where the model has one: it says which succeeded and which failed. */
export function paymentsOf({ business }: Model): CounterEntry | undefined {
  return business.map(({ entry }) => entry).find(isPayments);
}

function isPayments(entry: MetricEntry): entry is CounterEntry {
  const values = entry.labels['status']?.values ?? [];
  return isCounter(entry) && values.includes('succeeded') && values.includes('failed');
}

/** Share (0-1) of the payments of an hour that succeeded, by service. */
export function paymentSuccess(payments: CounterEntry): Expression {
  return shareOf(grown(payments, '1h', { where: { status: 'succeeded' } }), grown(payments, '1h'));
}

export function activityRow(model: Model): Row {
  const payments = paymentsOf(model);
  return {
    title: 'Is it used as usual?',
    panels: [activity(model, payments === undefined ? 24 : 12), ...(payments === undefined ? [] : [success(payments)])],
  };
}

function activity({ business, knobs }: Model, width: number): TimeseriesPanel {
  const { threshold, minPerHour } = knobs.BusinessActivityDrop;
  const watched = business.filter((metric) => metric.watched);
  const counters = watched.flatMap(({ entry, title }) => (isCounter(entry) ? [{ entry, title }] : []));
  return graph({
    key: 'activity-against-last-week',
    title: 'Activity against the same hour last week',
    description: `The last hour as a share of the same hour a week ago, where that had at least ${minPerHour}. Good: around 100 %; BusinessActivityDrop fires under ${percent(threshold)}.`,
    unit: 'ratio',
    width,
    targets: [
      againstLastWeek('requests', minPerHour, (ago) =>
        sumBy(perService, increase(ago === undefined ? requests : requests.offset(ago), '1h')),
      ),
      ...counters.map(({ entry, title }) =>
        againstLastWeek(title, minPerHour, (ago) => grown(entry, '1h', ago === undefined ? {} : { ago })),
      ),
    ],
    thresholds: fallsBelow([threshold, 'green']),
    min: 0,
    softMax: 1.2,
    alerts: ['BusinessActivityDrop'],
    related: [{ dashboard: 'telltale-api', panel: 'request-rate' }],
    noValue: 'There is no history of a week, or there was too little activity then',
  });
}

function againstLastWeek(name: string, least: number, grownAt: (ago?: Duration) => Expression): Target {
  return {
    expression: promql`${grownAt()} / ${promql`${grownAt('1w')} >= ${least}`}`,
    legend: `${serviceLegend} ${name}`,
    quietUnless: `there is history of 1w, with at least ${least} in that hour`,
  };
}

function success(payments: CounterEntry): TimeseriesPanel {
  return graph({
    key: 'payment-success',
    title: 'Payments that succeed',
    description:
      'Share of the payments of the last hour that succeeded. Good: as high as on other days; a drop is money lost.',
    unit: 'ratio',
    width: 12,
    targets: [{ expression: paymentSuccess(payments), legend: serviceLegend }],
    min: 0,
    max: 1,
    alerts: ['BusinessActivityDrop'],
    related: [{ dashboard: 'telltale-api', panel: 'dependency-errors' }],
    noValue: 'No payment in the last hour',
  });
}
