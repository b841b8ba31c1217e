/** Where it fails: endpoints with the most server errors, client errors, and errors by type. */
import { rateInterval } from '../../objectives/duration.ts';
import { percent } from '../../objectives/in-words.ts';
import { type Expression, promql } from '../../promql/expression.ts';
import { increase, rate, sumBy, topk } from '../../promql/functions.ts';
import type { Model } from '../../model/model.ts';
import type { Row, TableColumn, TablePanel } from '../panel.ts';
import { shortLabel } from './columns.ts';
import { endpointColumns } from './endpoints.ts';
import { applicationErrors, noErrorYet } from './error-series.ts';
import { perService } from './expressions.ts';
import { clientErrors, endpoint, requests, serverErrors } from './http-series.ts';
import { table } from './shapes.ts';
import { risesInto } from './thresholds.ts';
import { tracesOfCell } from './traces.ts';

const shown = 20;
const perStatus = [...endpoint, 'status_code'] as const;
const perRaise = [...perService, 'type', 'route', 'handled'] as const;

export function failingEndpointsRow(model: Model): Row {
  return { title: 'Where?', panels: [serverErrorTable(model), raisedTable(model), clientErrorTable(model)] };
}

/** The service of a row leads to its traces with errors. */
function columnsWithTraces(model: Model, columns: readonly TableColumn[]): readonly TableColumn[] {
  const link = tracesOfCell(model);
  return columns.map((column) => (column.from === 'service' ? { ...column, link } : column));
}

function serverErrorTable(model: Model): TablePanel {
  const { threshold } = model.knobs.HighErrorRate;
  const errors = sumBy(endpoint, rate(serverErrors, rateInterval));
  const all = sumBy(endpoint, rate(requests, rateInterval));
  const base = mostOf(errors);
  return table({
    key: 'failing-endpoints',
    title: 'Endpoints with the most server errors',
    description: `The ${shown} endpoints of the most 5xx right now; a route leads to its panels, a service to its traces. Good: empty; red is over ${percent(threshold)} of the requests of that endpoint.`,
    unit: 'requests_per_second',
    width: 24,
    height: 7,
    targets: [
      { expression: base, legend: '' },
      { expression: promql`${errors} / ${all} and ${base}`, legend: '' },
    ],
    columns: [
      ...columnsWithTraces(model, endpointColumns),
      { from: 'value:A', title: 'Errors', unit: 'requests_per_second' },
      { from: 'value:B', title: 'Of its requests', unit: 'ratio', thresholds: risesInto([threshold, 'red']) },
    ],
    sortBy: 'Errors',
    alerts: ['HighErrorRate', 'ErrorBudgetBurnFast', 'ErrorBudgetBurnSlow'],
    quietUnless: 'a request was answered with a 5xx in this window',
    noValue: 'No request was answered with a 5xx',
  });
}

function clientErrorTable(model: Model): TablePanel {
  return table({
    key: 'client-errors-by-route',
    width: 24,
    title: 'Client errors by endpoint',
    description: `The ${shown} endpoints and statuses of the most 4xx in the last hour. Good: unmatched first (scanners), and nothing new after a deploy.`,
    unit: 'count',
    targets: [{ expression: mostOf(sumBy(perStatus, increase(clientErrors, '1h'))), legend: '' }],
    columns: [
      ...columnsWithTraces(model, endpointColumns),
      { from: 'status_code', title: 'Status', width: shortLabel },
      { from: 'value:A', title: 'In 1 h', unit: 'amount', decimals: 0 },
    ],
    sortBy: 'In 1 h',
    quietUnless: 'a request was answered with a 4xx in the last hour',
    noValue: 'No request was answered with a 4xx in the last hour',
  });
}

function raisedTable(model: Model): TablePanel {
  return table({
    key: 'errors-by-route',
    width: 24,
    height: 8,
    title: 'Errors by type and route',
    description: `The ${shown} most frequent errors of the last hour, and where they arose. Good: empty, or known types alone.`,
    unit: 'count',
    targets: [{ expression: mostOf(sumBy(perRaise, increase(applicationErrors, '1h'))), legend: '' }],
    columns: [
      ...columnsWithTraces(
        model,
        endpointColumns.filter(({ from }) => from !== 'method'),
      ),
      { from: 'type', title: 'Type', width: 150 },
      { from: 'handled', title: 'Handled', width: shortLabel },
      { from: 'value:A', title: 'In 1 h', unit: 'amount', decimals: 0 },
    ],
    sortBy: 'In 1 h',
    alerts: ['HighErrorRate'],
    quietUnless: noErrorYet,
    noValue: 'The application raised no error in the last hour',
  });
}

/** Rows of nothing would only fill the table. */
function mostOf<L extends string>(counts: Expression<L>): Expression<L> {
  return topk(shown, { ...promql`${counts} > 0`, labels: counts.labels });
}
