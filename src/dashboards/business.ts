/** Is the product being used and paid for? */
import { rateInterval } from '../objectives/duration.ts';
import { minBy, quantileOf, rate, sumBy, topk } from '../promql/functions.ts';
import { buckets } from '../promql/selector.ts';
import type { BusinessMetric, Model } from '../model/model.ts';
import type { Expression } from '../promql/expression.ts';
import type { Dashboard, Row, StatPanel } from './panel.ts';
import { activityRow, paymentsOf, paymentSuccess } from './panels/activity.ts';
import { metricsRow } from './panels/business-metrics.ts';
import {
  byKind,
  type CounterEntry,
  currencyOf,
  displayUnitOf,
  grown,
  isCounter,
  level,
  metricKey,
  sentence,
} from './panels/business-series.ts';
import { stat } from './panels/shapes.ts';

/** The rest have their panels below. */
const mostStats = 5;
const mostCurrencies = 3;

export function businessDashboard(model: Model): Dashboard {
  return {
    uid: 'telltale-business',
    title: 'Telltale: Business',
    description: 'Is the product being used and paid for?',
    lookback: '1d',
    rows: [todayRow(model), activityRow(model), metricsRow(model)],
  };
}

function todayRow(model: Model): Row {
  const payments = paymentsOf(model);
  return {
    title: 'Now, and in the last 24 hours',
    panels: [
      ...model.business.slice(0, mostStats).map(todayStat),
      ...(payments === undefined ? [] : [successNow(paymentSuccess(payments))]),
    ],
  };
}

function todayStat({ entry, title }: BusinessMetric): StatPanel {
  return stat({
    key: metricKey('today', entry),
    title,
    description: `${sentence(entry.help)} ${isCounter(entry) ? 'In the last 24 hours' : 'Now'}. Good: what is usual on this day of the week.`,
    unit: displayUnitOf(entry),
    ...(displayUnitOf(entry) === 'amount' ? { decimals: 0 } : {}),
    targets: [{ expression: today(entry), legend: currencyOf(entry).length === 0 ? title : '{{currency}}' }],
    noValue: 'never recorded',
  });
}

function today(entry: BusinessMetric['entry']): Expression {
  return byKind<Expression>(entry, {
    counter: grownToday,
    gauge: (gauge) => sumBy([], level(gauge, [])),
    histogram: (histogram) => quantileOf(0.95, sumBy<string, string>(['le'], rate(buckets(histogram), rateInterval))),
  });
}

/** A number for each of the currencies of most, or one for all. */
function grownToday(counter: CounterEntry): Expression {
  const by = currencyOf(counter);
  const total = sumBy<string, string>(by, grown(counter, '1d', { by }));
  return by.length === 0 ? total : topk(mostCurrencies, total);
}

function successNow(ratio: Expression): StatPanel {
  return stat({
    key: 'payment-success-now',
    title: 'Payment success',
    description:
      'Share of payments of the last hour that succeeded, of the worst service. Good: as high as on other days.',
    unit: 'ratio',
    targets: [{ expression: minBy([], ratio), legend: 'succeeded' }],
    noValue: 'no payments',
  });
}
