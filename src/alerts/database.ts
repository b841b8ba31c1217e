/** Can the service reach its datastores, has it connections left, and do they answer in time. */
import { databaseCatalog } from '../catalog/database.ts';
import { identityLabels } from '../catalog/exposers.ts';
import { postgresExporterCatalog } from '../catalog/postgres-exporter.ts';
import { humanDuration, humanSeconds, percent } from '../objectives/in-words.ts';
import type { Model } from '../model/model.ts';
import { labels, promql } from '../promql/expression.ts';
import { maxBy, quantile, rate, ratio, sumBy } from '../promql/functions.ts';
import { count, gauge } from '../promql/selector.ts';
import { type Alert, defineAlert } from './alert.ts';
import { bucketBound } from './bucket-bound.ts';
import { connectionLostBranches } from './datastores.ts';
import { templateWords, value } from './go-template.ts';
import { holdOf, windowOf } from './rule-clock.ts';

const { poolConnections, poolMax, queryDuration } = databaseCatalog;

export function databaseAlerts(model: Model): readonly Alert[] {
  return [databaseConnectionLost(model), databaseConnectionsHigh(model), databaseQueriesSlow(model)];
}

function databaseConnectionLost(model: Model): Alert {
  const { for: hold } = model.knobs.DatabaseConnectionLost;
  const { whose, service, label } = templateWords(model);
  return defineAlert({
    name: 'DatabaseConnectionLost',
    group: 'database',
    branches: connectionLostBranches(model),
    for: holdOf(model, hold),
    severity: 'critical',
    component: 'database',
    annotations: {
      summary: `${whose} has lost its ${label('datastore')}`,
      description: `For ${humanDuration(hold)} the ${label('datastore')} of ${whose} could not be reached by its exporter or by the service, or neither reports at all. Requests that need it fail.`,
      impact: `What ${service} reads or writes there fails, and so do the services that share it.`,
      action:
        'See whether the server runs and accepts a connection from the host of the service; then check its disk, its connections and its credentials.',
    },
    panel: { dashboard: 'telltale-database', panel: 'health-checks' },
  });
}

function databaseConnectionsHigh(model: Model): Alert {
  const { threshold, for: hold } = model.knobs.DatabaseConnectionsHigh;
  const { whose, service, label, ifLabel } = templateWords(model);
  const perPool = [...identityLabels, 'instance', 'pool'] as const;
  const perServer = [...identityLabels, 'instance'] as const;
  const { activity, maxConnections, reservedConnections } = postgresExporterCatalog;
  const pools = ratio(sumBy(perPool, gauge(poolConnections, { state: 'used' })), sumBy(perPool, gauge(poolMax)));
  const usable = promql`${maxBy(perServer, gauge(maxConnections))} - ${maxBy(perServer, gauge(reservedConnections))}`;
  const server = ratio(sumBy(perServer, gauge(activity)), usable);
  const what = `${ifLabel('pool', `pool ${label('pool', poolMax)}`, 'the server', poolMax)} (${label('instance')})`;
  return defineAlert({
    name: 'DatabaseConnectionsHigh',
    group: 'database',
    branches: [
      {
        id: 'pool',
        expression: promql`${pools} > ${threshold}`,
        describes: `more than ${percent(threshold)} of the connections of a pool are in use`,
      },
      {
        id: 'server',
        expression: promql`${server} > ${threshold}`,
        describes: `more than ${percent(threshold)} of the connections that the server has for users are taken`,
      },
    ],
    for: holdOf(model, hold),
    severity: 'warning',
    component: 'database',
    annotations: {
      summary: `Database connections of ${whose}: ${value.percentage} of ${what} in use`,
      description: `More than ${percent(threshold)} of the database connections of ${what} of ${whose} have been in use for ${humanDuration(hold)}. When none is left, requests wait and then fail.`,
      impact: `Requests of ${service} will soon queue for a connection, and time out.`,
      action:
        'Look for long transactions and connections idle in transaction; then compare the sizes of all pools with what the server accepts.',
    },
    panel: { dashboard: 'telltale-database', panel: 'pool' },
  });
}

function databaseQueriesSlow(model: Model): Alert {
  const { threshold, quantile: level, minQueryRate, for: hold } = model.knobs.DatabaseQueriesSlow;
  const { whose, service, label } = templateWords(model);
  const perPool = [...identityLabels, 'pool'] as const;
  const window = windowOf(model, '5m');
  const latency = quantile(level, queryDuration, { by: perPool, window });
  const queries = sumBy(perPool, rate(count(queryDuration), window));
  const levelName = `p${Math.round(level * 1_000) / 10}`;
  const pool = label('pool', queryDuration);
  return defineAlert({
    name: 'DatabaseQueriesSlow',
    group: 'database',
    branches: [
      {
        id: 'latency',
        expression: promql`${latency} > ${bucketBound(queryDuration, threshold, 'threshold of DatabaseQueriesSlow')} and on (${labels(perPool)}) ${queries} >= ${minQueryRate}`,
        describes: `the ${levelName} of the query time of a pool is over ${humanSeconds(threshold)}`,
      },
    ],
    for: holdOf(model, hold),
    severity: 'warning',
    component: 'database',
    annotations: {
      summary: `Queries of ${whose} take ${value.duration} (${levelName}, pool ${pool})`,
      description: `The ${levelName} of the query time of pool ${pool} of ${whose} has been over ${humanSeconds(threshold)} for ${humanDuration(hold)}, at ${minQueryRate} queries/s or more. Requests that query wait at least as long.`,
      impact: `Requests of ${service} that touch the database are slow, and hold their connections longer.`,
      action:
        'Open the dashboard: which operation is slow, are there locks or a long transaction, did a plan or an index change.',
    },
    panel: { dashboard: 'telltale-database', panel: 'query-time' },
  });
}
