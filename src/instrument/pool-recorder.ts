/** The database metrics of one registry, and the pools whose gauges are read at each scrape. */
import { databaseCatalog as database } from '../catalog/database.ts';
import { sqlOperation } from '../catalog/labels.ts';
import type { MetricEntry } from '../catalog/metric.ts';
import type { RecorderOptions } from './from-catalog.ts';
import type { BoundedGauge, BoundedMetrics } from './runtime-bounded.ts';
import { acquireShared, type Shared } from './runtime-shared.ts';
import { errorClassOf } from './sql-error-class.ts';
import type { SqlOperation } from './sql-operation.ts';

/** What the gauges read of a pool. */
export interface PoolState {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
  readonly options: { readonly max?: number | null | undefined };
}

export interface NamedPool {
  readonly name: string;
  readonly pool: PoolState;
}

export interface FinishedQuery {
  readonly operation: SqlOperation;
  readonly seconds: number;
  readonly slow: boolean;
  /** Undefined for a query that succeeded. */
  readonly error: unknown;
}

export interface PoolRecorder {
  /** Reads the pool at each scrape until told to stop; pools of one name are added up. */
  watch(pool: NamedPool): () => void;
  finished(pool: string, query: FinishedQuery): void;
  /** A query that never got a connection. */
  failed(pool: string, operation: SqlOperation, error: unknown): void;
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
  const duration = metrics.histogram(database.queryDuration);
  const errors = metrics.counter(database.queryErrors);
  const slow = metrics.counter(database.slowQueries);
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
  const failed: PoolRecorder['failed'] = (pool, operation, error) =>
    errors.inc({ pool, operation, code: errorClassOf(error) });
  return {
    failed,
    watch: (pool) => {
      pools.add(pool);
      for (const operation of sqlOperation.values) slow.inc({ pool: pool.name, operation }, 0);
      return () => pools.delete(pool);
    },
    finished: (pool, query) => {
      const { operation } = query;
      duration.observe({ pool, operation }, query.seconds);
      if (query.slow) slow.inc({ pool, operation });
      if (query.error !== undefined) failed(pool, operation, query.error);
    },
  };
}

function setSums(
  gauge: BoundedGauge,
  pools: ReadonlySet<NamedPool>,
  read: ReadPool,
  labels: Readonly<Record<string, string>>,
): void {
  const sums = new Map<string, number>();
  for (const { name, pool } of pools) sums.set(name, (sums.get(name) ?? 0) + read(pool));
  for (const [pool, sum] of sums) gauge.set({ ...labels, pool }, sum);
}
