/** One page of metrics for all processes of a cluster. */
import type { Cluster } from 'node:cluster';
import { loadClient, type Registry } from '../metrics/client.ts';
import { aggregatedRegistry } from './aggregated.ts';
import { answerPrimary, clusterWorkers } from './cluster-workers.ts';
import type { RecorderOptions } from '../metrics/from-catalog.ts';
import { aDuration, checkOptions, recorderRules } from '../metrics/option-checks.ts';

export interface AggregateClusterOptions extends RecorderOptions {
  /**
   * How long a scrape waits for workers. One that is stopped or blocked costs each scrape this long; keep it well below
   * Prometheus' `scrape_timeout`. Milliseconds.
   * @default 1000
   */
  readonly timeoutMillis?: number;
}

export interface AggregatedCluster {
  /**
   * For `metricsEndpoint()` or `metricsServer()`: in the primary, every scrape of it is one of the whole cluster; in a
   * worker, and in a process of no cluster, it is the process' own.
   */
  readonly registry: Registry;
  /** Stops answering the primary, or aggregating. */
  dispose(): void;
}

/**
 * Adds up the metrics of a cluster's primary and workers, each by its `aggregator`: sums unless a metric says otherwise.
 * Call it once in the primary and once in each worker, and serve the registry that the primary gets.
 *
 * A worker that does not answer in time is counted in `telltale_workers_silent`: its counters and histograms stay at what it
 * said last, its gauges are left out. Those of a worker that has died stay for good, so that no sum falls: Prometheus would
 * take that for a restart and see a burst that never was. Aggregated pages have no exemplars. A scrape costs a worker about
 * as much as `getMetricsAsJSON()` of its registry.
 *
 * Workers may use `AggregatorRegistry` of prom-client beside it.
 * @throws TELLTALE_OPTION, TELLTALE_NO_CLIENT, TELLTALE_METRIC_TAKEN
 * @example
 * const metrics = aggregateCluster();
 * if (cluster.isPrimary) await metricsServer({ port: 9464, registry: metrics.registry });
 */
export function aggregateCluster(options: AggregateClusterOptions = {}): AggregatedCluster {
  checkOptions('use aggregateCluster()', options, { ...recorderRules, timeoutMillis: aDuration });
  const { registry = loadClient().register, timeoutMillis = 1_000 } = options;
  // The types give the module's namespace. Loaded late, as some application servers cannot have it loaded at all.
  const cluster = process.getBuiltinModule('node:cluster') as unknown as Cluster;
  if (cluster.isWorker) return { registry, dispose: answerPrimary(registry) };
  return aggregatedRegistry(clusterWorkers(cluster), { ...options, registry, timeoutMillis });
}
