/** The PostgreSQL server: connections, transactions, locks, waits. */
import { postgresExporterCatalog as postgres } from '../../catalog/postgres-exporter.ts';
import { rateInterval } from '../../objectives/duration.ts';
import { type Expression, promql } from '../../promql/expression.ts';
import { maxBy, rate, ratio, sumBy } from '../../promql/functions.ts';
import { counter, gauge, notMatching } from '../../promql/selector.ts';
import type { Model } from '../../model/model.ts';
import type { Row, TimeseriesPanel } from '../panel.ts';
import { perService, serviceLegend } from './expressions.ts';
import { outcomeColors } from './series-colors.ts';
import { graph } from './shapes.ts';
import { databases, statements } from './postgres-tables.ts';
import { risesInto } from './thresholds.ts';

type PerService = (typeof perService)[number];

const noValue = 'postgres_exporter reports nothing: can it reach the server?';

/** Connections that applications may open. */
const usable: Expression<PerService> = {
  ...promql`${maxBy(perService, gauge(postgres.maxConnections))} - ${maxBy(perService, gauge(postgres.reservedConnections))}`,
  labels: perService,
};

/** Share (0-1) of the server's usable connections that are open. */
export const serverUse: Expression<PerService> = ratio(sumBy(perService, gauge(postgres.activity)), usable);

export function postgresRow(model: Model): Row {
  return {
    title: 'Is the server the problem?',
    panels: [connections(model), transactions(), locks(), waits(), databases(), statements()],
  };
}

/** No client is in these two without having asked for it. */
const inUse = { state: notMatching('disabled|fastpath function call') };

function connections({ lines }: Model): TimeseriesPanel {
  return graph({
    key: 'server-connections',
    title: 'Server connections by state',
    description: `Open connections by state, with the usable maximum dashed. Good: under ${lines.databaseConnections}, and few "idle in transaction".`,
    unit: 'count',
    targets: [
      {
        expression: sumBy([...perService, 'state'], gauge(postgres.activity, inUse)),
        legend: `${serviceLegend} {{state}}`,
      },
      { expression: usable, legend: `${serviceLegend} maximum`, muted: true },
    ],
    thresholds: risesInto([lines.databaseConnections, 'yellow']),
    min: 0,
    alerts: ['DatabaseConnectionsHigh'],
    noValue,
  });
}

function perSecond(metric: (typeof postgres)['commits' | 'rollbacks' | 'deadlocks']): Expression<PerService> {
  return sumBy(perService, rate(counter(metric), rateInterval));
}

function transactions(): TimeseriesPanel {
  return graph({
    key: 'transactions',
    title: 'Transactions and deadlocks',
    description:
      'Commits, rollbacks and deadlocks a second. Good: commits follow the load, few rollbacks, no deadlock.',
    unit: 'operations_per_second',
    targets: [
      { expression: perSecond(postgres.commits), legend: `${serviceLegend} commits` },
      { expression: perSecond(postgres.rollbacks), legend: `${serviceLegend} rollbacks` },
      { expression: perSecond(postgres.deadlocks), legend: `${serviceLegend} deadlocks` },
    ],
    min: 0,
    colors: outcomeColors,
    noValue,
  });
}

function locks(): TimeseriesPanel {
  return graph({
    key: 'locks',
    title: 'Locks by mode',
    description:
      'Locks held by mode, modes without any left out. Good: mostly access share; exclusive modes that stay block others.',
    unit: 'count',
    targets: [
      {
        expression: promql`${sumBy([...perService, 'mode'], gauge(postgres.locks))} > 0`,
        legend: `${serviceLegend} {{mode}}`,
      },
    ],
    min: 0,
    alerts: ['DatabaseQueriesSlow'],
    noValue,
  });
}

function waits(): TimeseriesPanel {
  return graph({
    key: 'server-waits',
    height: 9,
    title: 'Oldest transaction and replication lag',
    description:
      'Age of the oldest open transaction, and how far a replica is behind. Good: seconds; a long transaction holds locks and stops vacuum.',
    unit: 'seconds',
    targets: [
      {
        expression: maxBy(perService, gauge(postgres.longestTransaction)),
        legend: `${serviceLegend} oldest transaction`,
      },
      {
        expression: maxBy([...perService, 'instance'], gauge(postgres.replicationLag)),
        legend: `${serviceLegend} lag of {{instance}}`,
      },
    ],
    min: 0,
    softMax: 1,
    alerts: ['DatabaseQueriesSlow'],
    noValue,
  });
}
