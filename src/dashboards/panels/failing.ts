/** What is failing, and since when. */
import { httpCatalog } from '../../catalog/http.ts';
import { rateInterval } from '../../objectives/duration.ts';
import { percent } from '../../objectives/in-words.ts';
import { rate, sumBy } from '../../promql/functions.ts';
import { counter } from '../../promql/selector.ts';
import type { Model } from '../../model/model.ts';
import type { Row, TimeseriesPanel } from '../panel.ts';
import { applicationErrors, noErrorYet, unhandledErrors } from './error-series.ts';
import { compared, perService, serviceLegend, shareOf } from './expressions.ts';
import { clientErrors, requestRate, requests, serverErrors } from './http-series.ts';
import { errorColors, statusColors } from './series-colors.ts';
import { graph } from './shapes.ts';
import { tracesWithErrors } from './traces.ts';

const failed = 'a request has been answered with a 5xx';

export function failingRow(model: Model): Row {
  return {
    title: 'What is failing, and since when?',
    panels: [serverErrorRate(model), errorsByStatus(), errorsByType(model), unhandled(), aborted(), clientErrorShare()],
  };
}

function serverErrorRate(model: Model): TimeseriesPanel {
  return graph({
    key: 'server-errors',
    title: 'Server errors against yesterday',
    description: `Requests a second answered with a 5xx, with yesterday dashed. Good: at 0; HighErrorRate fires above ${percent(model.knobs.HighErrorRate.threshold)} of the requests.`,
    unit: 'requests_per_second',
    targets: [
      { expression: requestRate(serverErrors), legend: serviceLegend, quietUnless: failed },
      {
        ...compared('1d', serviceLegend, (ago) => requestRate(serverErrors.offset(ago))),
        quietUnless: 'a request was answered with a 5xx a day ago',
      },
    ],
    min: 0,
    alerts: ['HighErrorRate', 'ErrorBudgetBurnFast', 'ErrorBudgetBurnSlow'],
    related: [{ dashboard: 'telltale-api', panel: 'error-ratio' }],
    links: [tracesWithErrors(model)],
    noValue: 'No request has been answered with a 5xx',
  });
}

function errorsByStatus(): TimeseriesPanel {
  return graph({
    key: 'errors-by-status',
    title: 'Server errors by status',
    description:
      'Requests a second by 5xx status. Good: at 0; 500 is our code, 502 and 504 a dependency, 503 overload or a failing check.',
    unit: 'requests_per_second',
    targets: [{ expression: sumBy(['status_code'], rate(serverErrors, rateInterval)), legend: '{{status_code}}' }],
    min: 0,
    colors: statusColors,
    alerts: ['HighErrorRate'],
    related: [{ dashboard: 'telltale-api', panel: 'dependency-errors' }],
    quietUnless: failed,
    noValue: 'No request has been answered with a 5xx',
  });
}

function errorsByType(model: Model): TimeseriesPanel {
  return graph({
    key: 'errors-by-type',
    title: 'Errors by type',
    description: 'Errors a second by class or code, handled or not. Good: at 0, or a few known types at a steady rate.',
    unit: 'per_second',
    targets: [{ expression: sumBy(['type'], rate(applicationErrors, rateInterval)), legend: '{{type}}' }],
    min: 0,
    alerts: ['HighErrorRate'],
    links: [tracesWithErrors(model)],
    quietUnless: noErrorYet,
    noValue: 'The application has raised no error',
  });
}

function unhandled(): TimeseriesPanel {
  return graph({
    key: 'unhandled',
    title: 'Unhandled errors',
    description: 'Uncaught exceptions and unhandled rejections a second. Good: at 0; each may end the process.',
    unit: 'per_second',
    targets: [
      {
        expression: sumBy([...perService, 'type'], rate(unhandledErrors, rateInterval)),
        legend: `${serviceLegend} {{type}}`,
      },
    ],
    min: 0,
    colors: errorColors,
    alerts: ['ServiceRestarting'],
    related: [{ dashboard: 'telltale-infrastructure', panel: 'restarts' }],
    quietUnless: 'an exception or a rejection went unhandled',
    noValue: 'No exception or rejection went unhandled',
  });
}

function aborted(): TimeseriesPanel {
  return graph({
    key: 'aborted',
    title: 'Aborted by clients',
    description:
      'Requests a second whose client went away, before or after the headers. Good: few; a jump means that answers come too late.',
    unit: 'requests_per_second',
    targets: [
      {
        expression: sumBy([...perService, 'phase'], rate(counter(httpCatalog.aborted), rateInterval)),
        legend: `${serviceLegend} {{phase}}`,
      },
    ],
    min: 0,
    alerts: ['HighResponseTime'],
    related: [{ dashboard: 'telltale-api', panel: 'latency' }],
    quietUnless: 'a client went away before its response was complete',
    noValue: 'No client went away early',
  });
}

function clientErrorShare(): TimeseriesPanel {
  return graph({
    key: 'client-errors',
    title: 'Client errors',
    description:
      'Share of requests answered with a 4xx. Good: steady; a jump after a deploy is ours: a changed contract, a broken login.',
    unit: 'ratio',
    targets: [{ expression: shareOf(requestRate(clientErrors), requestRate(requests)), legend: serviceLegend }],
    min: 0,
    related: [{ dashboard: 'telltale-api', panel: 'status-mix' }],
    noValue: 'No request has been recorded in this window',
  });
}
