/** Is the database, the pool or the query the problem? */
import { databaseCatalog } from '../catalog/database.ts';
import { postgresExporterCatalog } from '../catalog/postgres-exporter.ts';
import { redisExporterCatalog } from '../catalog/redis-exporter.ts';
import { rateInterval } from '../objectives/duration.ts';
import { humanSeconds, percent } from '../objectives/in-words.ts';
import { maxBy, minBy, quantile } from '../promql/functions.ts';
import { gauge } from '../promql/selector.ts';
import type { Model } from '../model/model.ts';
import type { Dashboard, Row, StatPanel } from './panel.ts';
import { cachesRow } from './panels/caches.ts';
import { poolsRow, poolUse } from './panels/pools.ts';
import { postgresRow, serverUse } from './panels/postgres.ts';
import { perPool, queriesRow } from './panels/queries.ts';
import { reachabilityRow } from './panels/reachability.ts';
import { backupAge, safetyRow, staleSeconds } from './panels/safety.ts';
import { stat } from './panels/shapes.ts';
import { oneIsGood, risesInto, upOrDown } from './panels/thresholds.ts';

export function databaseDashboard(model: Model): Dashboard {
  return {
    uid: 'telltale-database',
    title: 'Telltale: Database',
    description: 'Is the database, the pool or the query the problem?',
    rows: [
      nowRow(model),
      reachabilityRow(),
      queriesRow(model),
      poolsRow(model),
      postgresRow(model),
      cachesRow(),
      safetyRow(model),
    ],
  };
}

function nowRow(model: Model): Row {
  return {
    title: 'Now',
    panels: [
      reachable('postgres-now', 'PostgreSQL', postgresExporterCatalog.up),
      reachable('redis-now', 'Redis', redisExporterCatalog.up),
      queryTime(model),
      ...connectionsInUse(model),
      backupAgeNow(model),
    ],
  };
}

type ReachableMetric = typeof postgresExporterCatalog.up | typeof redisExporterCatalog.up;

function reachable(key: string, title: string, metric: ReachableMetric): StatPanel {
  return stat({
    key,
    title,
    description: `Up if the exporters reach every ${title}. Good: up.`,
    unit: 'state',
    targets: [{ expression: minBy([], gauge(metric)), legend: title }],
    mappings: upOrDown,
    thresholds: oneIsGood,
    alerts: ['DatabaseConnectionLost'],
    noValue: 'no exporter',
  });
}

function queryTime({ knobs }: Model): StatPanel {
  const { threshold } = knobs.DatabaseQueriesSlow;
  return stat({
    key: 'query-time-now',
    title: 'Query p95',
    description: `p95 of the slowest pool. Good: steady, and under ${humanSeconds(threshold)}.`,
    unit: 'seconds',
    targets: [
      {
        expression: maxBy([], quantile(0.95, databaseCatalog.queryDuration, { by: perPool, window: rateInterval })),
        legend: 'p95',
      },
    ],
    thresholds: risesInto([threshold, 'red']),
    alerts: ['DatabaseQueriesSlow'],
    noValue: 'no queries',
  });
}

function connectionsInUse({ knobs }: Model): StatPanel[] {
  const { threshold } = knobs.DatabaseConnectionsHigh;
  const use = { pool: maxBy([], poolUse), server: maxBy([], serverUse) } as const;
  return (['pool', 'server'] as const).map((which) =>
    stat({
      key: `${which}-use-now`,
      title: which === 'pool' ? 'Fullest pool' : 'Connections',
      description: `Share of connections in use${which === 'pool' ? ' of the fullest pool' : ' of the server'}. Good: under ${percent(threshold)}.`,
      unit: 'ratio',
      targets: [{ expression: use[which], legend: 'in use' }],
      thresholds: risesInto([threshold, 'red']),
      alerts: ['DatabaseConnectionsHigh'],
      noValue: which === 'pool' ? 'no pool' : 'no exporter',
    }),
  );
}

function backupAgeNow(model: Model): StatPanel {
  return stat({
    key: 'backup-age-now',
    title: 'Oldest backup',
    description: `Time since the least recent backup succeeded. Good: under ${model.knobs.BackupStale.maxAgeHours} h.`,
    unit: 'age',
    targets: [{ expression: maxBy([], backupAge), legend: 'age' }],
    thresholds: risesInto([staleSeconds(model), 'red']),
    alerts: ['BackupStale'],
    noValue: 'never recorded',
  });
}
