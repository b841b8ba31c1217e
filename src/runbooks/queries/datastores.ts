/** Queries on databases, pools, caches and backups. */
import { backupCatalog } from '../../catalog/backup.ts';
import { cacheCatalog } from '../../catalog/cache.ts';
import { databaseCatalog } from '../../catalog/database.ts';
import { identityLabels } from '../../catalog/exposers.ts';
import { postgresExporterCatalog } from '../../catalog/postgres-exporter.ts';
import { redisExporterCatalog } from '../../catalog/redis-exporter.ts';
import { type Expression, promql } from '../../promql/expression.ts';
import { increase, maxBy, minBy, quantile, rate, ratio, sumBy, topk } from '../../promql/functions.ts';
import { counter, gauge, matching, not } from '../../promql/selector.ts';

const perPool = [...identityLabels, 'pool'] as const;

/** Share of each pool that is in use. */
export const poolShare: Expression = ratio(
  sumBy(perPool, gauge(databaseCatalog.poolConnections, { state: 'used' })),
  sumBy(perPool, gauge(databaseCatalog.poolMax)),
);

export const poolWaiting: Expression = sumBy(perPool, gauge(databaseCatalog.poolWaiting));

export function queryQuantile(level: number): Expression {
  return quantile(level, databaseCatalog.queryDuration, { by: [...perPool, 'operation'], window: '5m' });
}

export const queryErrors: Expression = topk(
  10,
  sumBy([...perPool, 'code'], increase(counter(databaseCatalog.queryErrors), '15m')),
);

export const slowQueries: Expression = sumBy(
  [...perPool, 'operation'],
  rate(counter(databaseCatalog.slowQueries), '5m'),
);

export const postgresUp: Expression = minBy(identityLabels, gauge(postgresExporterCatalog.up));

export const redisUp: Expression = minBy(identityLabels, gauge(redisExporterCatalog.up));

/** Share of the connections that the server would still give to an application. */
export const serverConnectionShare: Expression = ratio(
  sumBy(identityLabels, gauge(postgresExporterCatalog.activity)),
  promql`${maxBy(identityLabels, gauge(postgresExporterCatalog.maxConnections))} - ${maxBy(
    identityLabels,
    gauge(postgresExporterCatalog.reservedConnections),
  )}`,
);

export const connectionsByState: Expression = sumBy(
  [...identityLabels, 'datname', 'state'],
  gauge(postgresExporterCatalog.activity),
);

/** Age in seconds of the oldest transaction by database and state. */
export const longestTransaction: Expression = maxBy(
  [...identityLabels, 'datname', 'state'],
  gauge(postgresExporterCatalog.longestTransaction),
);

export const locksByMode: Expression = sumBy([...identityLabels, 'mode'], gauge(postgresExporterCatalog.locks));

export const deadlocks: Expression = sumBy(
  [...identityLabels, 'datname'],
  increase(counter(postgresExporterCatalog.deadlocks), '1h'),
);

export const replicationLag: Expression = maxBy(
  [...identityLabels, 'instance'],
  gauge(postgresExporterCatalog.replicationLag),
);

export const bufferHitShare: Expression = ratio(
  sumBy([...identityLabels, 'datname'], rate(counter(postgresExporterCatalog.blocksHit), '15m')),
  promql`${sumBy([...identityLabels, 'datname'], rate(counter(postgresExporterCatalog.blocksHit), '15m'))} + ${sumBy(
    [...identityLabels, 'datname'],
    rate(counter(postgresExporterCatalog.blocksRead), '15m'),
  )}`,
);

export const databaseSize: Expression = maxBy(
  [...identityLabels, 'datname'],
  gauge(postgresExporterCatalog.databaseSize),
);

/** Share of cache reads that hit. */
export const cacheHitShare: Expression = ratio(
  sumBy([...identityLabels, 'cache'], rate(counter(cacheCatalog.requests, { result: 'hit' }), '5m')),
  sumBy([...identityLabels, 'cache'], rate(counter(cacheCatalog.requests), '5m')),
);

export const cacheErrors: Expression = sumBy(
  [...identityLabels, 'cache'],
  rate(counter(cacheCatalog.requests, { result: 'error' }), '5m'),
);

export const redisEvictions: Expression = sumBy(identityLabels, rate(counter(redisExporterCatalog.evictions), '5m'));

const perBackup = [...identityLabels, 'backup'] as const;

/** Seconds since each backup last succeeded. */
export const backupAge: Expression = promql`time() - ${maxBy(perBackup, gauge(backupCatalog.lastSuccess))}`;

/** 1 if the last run of the backup succeeded. */
export const backupLastRun: Expression = minBy(perBackup, gauge(backupCatalog.lastRunStatus));

export const backupSize: Expression = maxBy(perBackup, gauge(backupCatalog.size));

/** Size of each backup against the one of a day before: far below 1, something is missing from it. */
export const backupSizeChange: Expression = ratio(
  maxBy(perBackup, gauge(backupCatalog.size)),
  maxBy(perBackup, gauge(backupCatalog.size).offset('1d')),
);

/** Seconds since a restore was last tested. */
export const restoreTestAge: Expression = promql`time() - ${maxBy(perBackup, gauge(backupCatalog.restoreTest))}`;

/** Sessions of the server that hold a transaction open and do nothing. */
export const idleInTransaction: Expression = sumBy(
  [...identityLabels, 'datname'],
  gauge(postgresExporterCatalog.activity, { state: matching('idle in transaction.*'), datname: not('') }),
);
