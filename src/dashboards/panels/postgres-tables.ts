/** Databases of the server, and the statements that take its time. */
import { postgresExporterCatalog as postgres } from '../../catalog/postgres-exporter.ts';
import { rateInterval } from '../../objectives/duration.ts';
import { promql } from '../../promql/expression.ts';
import { increase, rate, ratio, sumBy, topk } from '../../promql/functions.ts';
import { counter, gauge, not } from '../../promql/selector.ts';
import type { TablePanel } from '../panel.ts';
import { serviceColumns } from './columns.ts';
import { perService } from './expressions.ts';
import { table } from './shapes.ts';
import { noneIsGood } from './thresholds.ts';

const perDatabase = [...perService, 'datname'] as const;
const perStatement = [...perDatabase, 'user', 'queryid'] as const;
const shown = 10;

/** Counters without a database belong to the server as a whole. */
const named = { datname: not('') };

export function databases(): TablePanel {
  const base = topk(shown, sumBy(perDatabase, gauge(postgres.databaseSize, named)));
  const commits = sumBy(perDatabase, rate(counter(postgres.commits, named), rateInterval));
  const hit = sumBy(perDatabase, rate(counter(postgres.blocksHit, named), rateInterval));
  const read = sumBy(perDatabase, rate(counter(postgres.blocksRead, named), rateInterval));
  const hitRatio = ratio(hit, { ...promql`${hit} + ${read} > 0`, labels: perDatabase });
  const open = sumBy(perDatabase, gauge(postgres.activity, named));
  const deadlocks = sumBy(perDatabase, increase(counter(postgres.deadlocks, named), '1d'));
  return table({
    key: 'databases',
    width: 16,
    title: 'Databases of the server',
    description:
      'The largest databases: size, connections, load, share of blocks found in memory, deadlocks of a day. Good: a hit ratio near 100 % and no deadlock.',
    unit: 'count',
    targets: [base, open, commits, hitRatio, deadlocks].map((expression, index) => ({
      expression: index === 0 ? expression : promql`${expression} and ${base}`,
      legend: '',
    })),
    columns: [
      ...serviceColumns,
      { from: 'datname', title: 'Database' },
      { from: 'value:A', title: 'Size', unit: 'bytes' },
      { from: 'value:B', title: 'Connections', unit: 'count' },
      { from: 'value:C', title: 'Commits', unit: 'operations_per_second' },
      { from: 'value:D', title: 'Blocks in memory', unit: 'ratio' },
      { from: 'value:E', title: 'Deadlocks in 24 h', unit: 'amount', decimals: 0, thresholds: noneIsGood },
    ],
    sortBy: 'Size',
    noValue: 'postgres_exporter reports nothing: can it reach the server?',
  });
}

export function statements(): TablePanel {
  const seconds = sumBy(perStatement, rate(counter(postgres.statementSeconds), rateInterval));
  const calls = sumBy(perStatement, rate(counter(postgres.statementCalls), rateInterval));
  const base = topk(shown, promql`${seconds} > 0`);
  return table({
    key: 'statements',
    width: 24,
    title: 'Statements that take the most time',
    description: `The ${shown} statements of pg_stat_statements on which the server spends most time; look a query id up there for its text. Good: no statement stands out.`,
    unit: 'count',
    targets: [base, calls, ratio(seconds, calls)].map((expression, index) => ({
      expression: index === 0 ? expression : promql`${expression} and ${base}`,
      legend: '',
    })),
    columns: [
      ...serviceColumns,
      { from: 'datname', title: 'Database', width: 220 },
      { from: 'user', title: 'User', width: 220 },
      { from: 'queryid', title: 'Query id' },
      { from: 'value:A', title: 'Time share', unit: 'ratio' },
      { from: 'value:B', title: 'Calls', unit: 'operations_per_second' },
      { from: 'value:C', title: 'Mean time', unit: 'seconds' },
    ],
    sortBy: 'Time share',
    alerts: ['DatabaseQueriesSlow'],
    quietUnless: 'the extension pg_stat_statements is on, and the exporter collects it (--collector.stat_statements)',
    noValue: 'No statistics: turn on pg_stat_statements and --collector.stat_statements',
  });
}
