/** Which endpoint is at fault: the slowest ones, their history, and one of them alone. */
import { httpCatalog } from '../../catalog/http.ts';
import { type Duration, rateInterval } from '../../objectives/duration.ts';
import { humanDuration, humanSeconds } from '../../objectives/in-words.ts';
import { type Expression, promql } from '../../promql/expression.ts';
import { increase, quantile, quantileOf, rate, sumBy, topk } from '../../promql/functions.ts';
import { buckets, count, matching } from '../../promql/selector.ts';
import type { Model } from '../../model/model.ts';
import type { DashboardVariable, Row, TableColumn, TablePanel, Thresholds, TimeseriesPanel } from '../panel.ts';
import { serviceColumns, shortLabel } from './columns.ts';
import { shareOf } from './expressions.ts';
import { endpoint, requests, serverErrors } from './http-series.ts';
import { percentileColors, statusColors } from './series-colors.ts';
import { graph, table } from './shapes.ts';
import { justAbove, risesInto } from './thresholds.ts';

const shown = 10;
/** Grid rows of a table that shows them all. */
const tableHeight = 12;

/** Chosen on the board, or by following a link of a table of endpoints. */
export const routeVariable: DashboardVariable = {
  name: 'route',
  label: 'Route',
  ofLabel: 'route',
  series: requests,
};

const chosen = { route: matching('$route') };

/** Columns that say which endpoint; the route leads to its own panels. */
export const endpointColumns: readonly TableColumn[] = [
  ...serviceColumns,
  { from: 'method', title: 'Method', width: shortLabel },
  {
    from: 'route',
    title: 'Route',
    link: {
      title: 'This route alone',
      panel: { dashboard: 'telltale-api', panel: 'route-latency' },
      variable: 'route',
    },
  },
];

export function endpointsRow(model: Model): Row {
  return { title: 'Which endpoint is at fault?', panels: [slowEndpoints(model), latencyByEndpoint(model)] };
}

export function oneEndpointRow(model: Model): Row {
  return { title: 'Status codes and response time of routes: $route', panels: [statusMix(), routeLatency(model)] };
}

/** Comparing with 0 leaves out endpoints without traffic, whose quantile is not a number. */
function slowest(latency: Expression): Expression {
  return topk(shown, promql`${latency} > 0`);
}

function percentile(level: number): Expression {
  return quantile(level, httpCatalog.duration, { by: endpoint, window: rateInterval });
}

function slowEndpoints(model: Model): TablePanel {
  const base = slowest(percentile(0.95));
  const all = sumBy(endpoint, rate(requests, rateInterval));
  const errors = shareOf(sumBy(endpoint, rate(serverErrors, rateInterval)), all);
  return table({
    key: 'slow-endpoints',
    width: 24,
    height: tableHeight,
    title: 'Slowest endpoints',
    description: `The ${shown} endpoints of the highest p95 right now; a route leads to its own panels. Good: every p95 under ${humanSeconds(model.lines.latencyP95Seconds)}.`,
    unit: 'seconds',
    targets: [base, percentile(0.5), all, errors].map((expression, index) => ({
      expression: index === 0 ? expression : promql`${expression} and ${base}`,
      legend: '',
    })),
    columns: [
      ...endpointColumns,
      { from: 'value:A', title: 'p95', unit: 'seconds', thresholds: latencyThresholds(model) },
      { from: 'value:B', title: 'p50', unit: 'seconds' },
      { from: 'value:C', title: 'Requests', unit: 'requests_per_second' },
      {
        from: 'value:D',
        title: 'Errors',
        unit: 'ratio',
        thresholds: risesInto([model.knobs.HighErrorRate.threshold, 'red']),
      },
    ],
    sortBy: 'p95',
    alerts: ['HighResponseTime'],
    noValue: 'No request has been recorded in this window',
  });
}

const windows: readonly Duration[] = ['1h', '6h', '1d'];

function p95Over(window: Duration): Expression {
  return quantileOf(0.95, sumBy([...endpoint, 'le'], increase(buckets(httpCatalog.duration), window)));
}

function latencyByEndpoint(model: Model): TablePanel {
  const base = slowest(p95Over('1h'));
  return table({
    key: 'latency-by-endpoint',
    width: 24,
    height: tableHeight,
    title: 'p95 by endpoint and window',
    description: `p95 of the ${shown} endpoints that were slowest in the last hour, over longer windows: red on the left alone is new, red throughout is old. Good: no red.`,
    unit: 'seconds',
    targets: windows.map((window, index) => ({
      expression: index === 0 ? base : promql`${p95Over(window)} and ${base}`,
      legend: '',
    })),
    columns: [
      ...endpointColumns,
      ...windows.map((window, index): TableColumn => {
        const refId = String.fromCharCode('A'.charCodeAt(0) + index);
        return {
          from: `value:${refId}`,
          title: `Last ${humanDuration(window)}`,
          unit: 'seconds',
          thresholds: latencyThresholds(model),
        };
      }),
    ],
    sortBy: `Last ${humanDuration('1h')}`,
    noValue: 'No request has been recorded in the last hour',
  });
}

function latencyThresholds({ lines, knobs }: Model): Thresholds {
  return risesInto([lines.latencyP95Seconds, 'yellow'], [knobs.HighResponseTime.threshold, 'red']);
}

function statusMix(): TimeseriesPanel {
  return graph({
    key: 'status-mix',
    title: 'Requests by status: $route',
    description:
      'Requests a second of the chosen routes by status, stacked: 2xx green, 3xx blue, 4xx yellow, 5xx red. Good: the same shares as at other hours, and no red.',
    unit: 'requests_per_second',
    width: 12,
    targets: [
      {
        expression: sumBy(['status_code'], rate(count(httpCatalog.duration, chosen), rateInterval)),
        legend: '{{status_code}}',
      },
    ],
    stacked: true,
    min: 0,
    colors: statusColors,
    related: [{ dashboard: 'telltale-errors', panel: 'client-errors' }],
    noValue: 'No request to these routes has been recorded in this window',
  });
}

function routeLatency(model: Model): TimeseriesPanel {
  return graph({
    key: 'route-latency',
    title: 'Response time: $route',
    description: `Median, 95th and 99th percentile of the chosen routes, with exemplars. Good: p95 under ${humanSeconds(model.lines.latencyP95Seconds)}.`,
    unit: 'seconds',
    width: 12,
    targets: [0.5, 0.95, 0.99].map((level) => ({
      expression: quantile(level, httpCatalog.duration, { by: [], window: rateInterval, matchers: chosen }),
      legend: `p${level * 100}`,
      exemplar: true,
    })),
    thresholds: latencyThresholds(model),
    min: 0,
    softMax: justAbove(model.lines.latencyP99Seconds),
    legendCalcs: ['lastNotNull', 'max'],
    colors: percentileColors,
    noValue: 'No request to these routes has been recorded in this window',
  });
}
