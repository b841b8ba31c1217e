/** What is failing, since when, where? */
import { httpCatalog } from '../catalog/http.ts';
import { rateInterval } from '../objectives/duration.ts';
import { percent } from '../objectives/in-words.ts';
import type { Expression } from '../promql/expression.ts';
import { aggregate, increase, maxBy, rate, sumBy } from '../promql/functions.ts';
import { counter } from '../promql/selector.ts';
import type { Model } from '../model/model.ts';
import type { Dashboard, Row, StatPanel, Target } from './panel.ts';
import { firing, pending } from './panels/alert-series.ts';
import { alertsRow, deploysRow } from './panels/alerts-and-deploys.ts';
import { applicationErrors, unhandledErrors } from './panels/error-series.ts';
import { ofAlerts } from './panels/expressions.ts';
import { failingRow } from './panels/failing.ts';
import { failingEndpointsRow } from './panels/failing-endpoints.ts';
import { errorRatio } from './panels/http-series.ts';
import { stat } from './panels/shapes.ts';
import { noneIsGood, risesInto } from './panels/thresholds.ts';

export function errorsDashboard(model: Model): Dashboard {
  return {
    uid: 'telltale-errors',
    title: 'Telltale: Errors',
    description: 'What is failing, since when, where?',
    rows: [nowRow(model), alertsRow(), failingRow(model), failingEndpointsRow(model), deploysRow(model)],
  };
}

function nowRow({ knobs }: Model): Row {
  return {
    title: 'Now',
    panels: [
      alertCount('firing', 'Alerts firing', firing),
      alertCount('pending', 'Alerts pending', pending),
      stat({
        key: 'error-ratio-now',
        title: 'Worst errors',
        description: `Share of 5xx of the worst service. Good: 0; HighErrorRate fires above ${percent(knobs.HighErrorRate.threshold)}.`,
        unit: 'ratio',
        targets: [{ expression: maxBy([], errorRatio), legend: 'errors' }],
        thresholds: risesInto([knobs.HighErrorRate.threshold, 'red']),
        alerts: ['HighErrorRate'],
        noValue: 'no traffic',
      }),
      errorCount('errors-now', 'Errors in 1 h', 'Errors that the application raised in the last hour.', {
        expression: sumBy([], increase(applicationErrors, '1h')),
        legend: 'errors',
        quietUnless: 'the application has raised an error',
      }),
      errorCount('unhandled-now', 'Unhandled, 1 h', 'Uncaught exceptions and unhandled rejections of the last hour.', {
        expression: sumBy([], increase(unhandledErrors, '1h')),
        legend: 'unhandled',
        quietUnless: 'an exception or a rejection went unhandled',
      }),
      stat({
        key: 'rejected-now',
        title: 'Rejected',
        description: 'Requests a second that Node refused before any handler saw them. Good: 0.',
        unit: 'requests_per_second',
        targets: [{ expression: sumBy([], rate(counter(httpCatalog.rejected), rateInterval)), legend: 'rejected' }],
        related: [{ dashboard: 'telltale-api', panel: 'rejected' }],
        noValue: 'not reported',
      }),
    ],
  };
}

function alertCount(state: 'firing' | 'pending', title: string, alerts: Expression): StatPanel {
  return stat({
    key: `alerts-${state}-now`,
    title,
    description: `Alerts that are ${state}, Watchdog left out. Good: none.`,
    unit: 'count',
    targets: [ofAlerts({ expression: aggregate<string, string>('count', [], alerts), legend: state })],
    thresholds: state === 'firing' ? noneIsGood : risesInto([1, 'yellow']),
    quietUnless: `an alert other than Watchdog is ${state}`,
    noValue: 'none',
  });
}

function errorCount(key: string, title: string, what: string, target: Target): StatPanel {
  return stat({
    key,
    title,
    description: `${what} Good: 0.`,
    unit: 'count',
    decimals: 0,
    targets: [target],
    thresholds: noneIsGood,
    alerts: ['HighErrorRate'],
    noValue: 'none',
  });
}
