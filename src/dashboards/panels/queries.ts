/** Queries as the service sees them: time, slow ones, failed ones. */
import { databaseCatalog } from '../../catalog/database.ts';
import { rateInterval } from '../../objectives/duration.ts';
import { humanSeconds } from '../../objectives/in-words.ts';
import { promql } from '../../promql/expression.ts';
import { quantile, rate, sumBy, topk } from '../../promql/functions.ts';
import { count, counter } from '../../promql/selector.ts';
import type { Model } from '../../model/model.ts';
import type { Row, TablePanel, TimeseriesPanel } from '../panel.ts';
import { serviceColumns } from './columns.ts';
import { perService, serviceLegend } from './expressions.ts';
import { percentileColors } from './series-colors.ts';
import { graph, table } from './shapes.ts';
import { risesInto } from './thresholds.ts';

/** One pool of one service. */
export const perPool = [...perService, 'pool'] as const;
export const poolLegend = `${serviceLegend} {{pool}}`;

const shown = 20;
const perOperation = [...perPool, 'operation'] as const;
const noValue = 'No query has been recorded in this window: is the pool instrumented?';

export function queriesRow(model: Model): Row {
  return { title: 'Are queries slow or failing?', panels: [latency(model), byOperation(model), slow(), failed()] };
}

function latency({ knobs }: Model): TimeseriesPanel {
  const { threshold } = knobs.DatabaseQueriesSlow;
  return graph({
    key: 'query-time',
    title: 'Query time',
    description: `Median, 95th and 99th percentile of queries by pool. Good: steady; DatabaseQueriesSlow fires when p95 is above ${humanSeconds(threshold)}.`,
    unit: 'seconds',
    width: 10,
    height: 9,
    targets: [0.5, 0.95, 0.99].map((level) => ({
      expression: quantile(level, databaseCatalog.queryDuration, { by: perPool, window: rateInterval }),
      legend: `${poolLegend} p${level * 100}`,
    })),
    thresholds: risesInto([threshold, 'red']),
    min: 0,
    colors: percentileColors,
    alerts: ['DatabaseQueriesSlow'],
    related: [{ dashboard: 'telltale-api', panel: 'latency' }],
    noValue,
  });
}

function byOperation({ knobs }: Model): TablePanel {
  const over = (level: number) =>
    quantile(level, databaseCatalog.queryDuration, { by: perOperation, window: rateInterval });
  const base = topk(shown, promql`${over(0.95)} > 0`);
  const queries = sumBy(perOperation, rate(count(databaseCatalog.queryDuration), rateInterval));
  const thresholds = risesInto([knobs.DatabaseQueriesSlow.threshold, 'red']);
  return table({
    key: 'query-operations',
    title: 'Query time by operation',
    description:
      'Rate and percentiles of each kind of statement, slowest first. Good: no red, and reads faster than writes.',
    unit: 'seconds',
    width: 14,
    targets: [base, over(0.5), over(0.99), queries].map((expression, index) => ({
      expression: index === 0 ? expression : promql`${expression} and ${base}`,
      legend: '',
    })),
    columns: [
      ...serviceColumns,
      { from: 'pool', title: 'Pool' },
      { from: 'operation', title: 'Operation', width: 105 },
      { from: 'value:B', title: 'p50', unit: 'seconds' },
      { from: 'value:A', title: 'p95', unit: 'seconds', thresholds },
      { from: 'value:C', title: 'p99', unit: 'seconds' },
      { from: 'value:D', title: 'Queries', unit: 'operations_per_second' },
    ],
    sortBy: 'p95',
    alerts: ['DatabaseQueriesSlow'],
    noValue,
  });
}

function slow(): TimeseriesPanel {
  return graph({
    key: 'slow-queries',
    title: 'Slow queries',
    description:
      'Queries a second over the slow query threshold of their pool, by operation. Good: at 0, or a few known reports.',
    unit: 'operations_per_second',
    width: 12,
    targets: [
      {
        expression: sumBy(['operation'], rate(counter(databaseCatalog.slowQueries), rateInterval)),
        legend: '{{operation}}',
      },
    ],
    min: 0,
    alerts: ['DatabaseQueriesSlow'],
    noValue: 'No pool reports slow queries: is it instrumented?',
  });
}

function failed(): TimeseriesPanel {
  return graph({
    key: 'query-errors',
    title: 'Failed queries by SQLSTATE class',
    description:
      'Failed queries a second by class: 23 constraint, 40 conflict, 53 resources, 57 cancelled, 08 and network connection. Good: at 0; 23 and 40 may be ordinary.',
    unit: 'operations_per_second',
    width: 12,
    targets: [
      {
        expression: sumBy([...perService, 'code'], rate(counter(databaseCatalog.queryErrors), rateInterval)),
        legend: `${serviceLegend} {{code}}`,
      },
    ],
    min: 0,
    alerts: ['DatabaseConnectionLost'],
    related: [{ dashboard: 'telltale-errors', panel: 'errors-by-type' }],
    quietUnless: 'a query has failed',
    noValue: 'No query has failed',
  });
}
