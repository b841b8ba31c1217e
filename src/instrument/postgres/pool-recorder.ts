/** The database metrics of one registry, and the pools whose gauges are read at each scrape. */
import { databaseCatalog as database } from '../../catalog/database.ts';
import { sqlOperation } from '../../catalog/labels.ts';
import type { MetricEntry } from '../../catalog/metric.ts';
import type { RecorderOptions } from '../metrics/from-catalog.ts';
import { type QueryMetrics, QuerySeries } from './pool-query-series.ts';
import type { BoundedGauge, BoundedMetrics } from '../metrics/bounded-metrics.ts';
import { acquireShared, type Shared } from '../metrics/shared-parts.ts';

/** What the gauges read of a pool. */
export interface PoolState {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
  /** True once `end()` has closed every connection. */
  readonly ended?: boolean;
  readonly options: { readonly max?: number | null | undefined };
}

export interface NamedPool {
  readonly name: string;
  readonly pool: PoolState;
}

export interface PoolRecorder {
  /** Reads the pool at each scrape until told to stop, or until it has ended; pools of one name are added up. */
  watch(pool: NamedPool): () => void;
  /** The series of a pool's queries; its counts of slow queries exist from now on, at 0. */
  queries(pool: string, slowQuerySeconds: number): QuerySeries;
}

type ReadPool = (pool: PoolState) => number;
type GaugeEntry = MetricEntry & { readonly kind: 'gauge' };

/** The default of pg.Pool. */
const defaultMax = 10;

const connectionStates: Readonly<Record<'used' | 'idle', ReadPool>> = {
  used: (pool) => pool.totalCount - pool.idleCount,
  idle: (pool) => pool.idleCount,
};

const poolGauges: readonly { readonly entry: GaugeEntry; readonly read: ReadPool }[] = [
  { entry: database.poolMax, read: (pool) => pool.options.max ?? defaultMax },
  { entry: database.poolWaiting, read: (pool) => pool.waitingCount },
];

export function acquirePoolRecorder(options: RecorderOptions): Shared<PoolRecorder> {
  return acquireShared(options, 'database', createRecorder);
}

function createRecorder(metrics: BoundedMetrics): PoolRecorder {
  const pools = new Set<NamedPool>();
  const queryMetrics: QueryMetrics = {
    durations: metrics.countedHistogram(database.queryDuration),
    errors: metrics.counter(database.queryErrors),
    slow: metrics.counter(database.slowQueries),
  };
  metrics.gauge(database.poolConnections, (gauge) => {
    gauge.reset();
    for (const [state, read] of Object.entries(connectionStates)) setSums(gauge, pools, read, { state });
  });
  for (const { entry, read } of poolGauges) {
    metrics.gauge(entry, (gauge) => {
      gauge.reset();
      setSums(gauge, pools, read, {});
    });
  }
  return {
    watch: (pool) => {
      pools.add(pool);
      return () => pools.delete(pool);
    },
    queries: (pool, slowQuerySeconds) => {
      for (const operation of sqlOperation.values) queryMetrics.slow.inc({ pool, operation }, 0);
      return new QuerySeries({ pool, slowQuerySeconds, metrics: queryMetrics });
    },
  };
}

function setSums(
  gauge: BoundedGauge,
  pools: Set<NamedPool>,
  read: ReadPool,
  labels: Readonly<Record<string, string>>,
): void {
  const sums = new Map<string, number>();
  for (const each of pools) {
    // A pool that has ended never comes back: one of the same name may have taken its place.
    if (each.pool.ended === true) pools.delete(each);
    else sums.set(each.name, (sums.get(each.name) ?? 0) + read(each.pool));
  }
  for (const [pool, sum] of sums) gauge.set({ ...labels, pool }, sum);
}
