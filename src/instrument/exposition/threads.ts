/** One page of metrics for all threads of a process. */
import { loadClient, type Registry } from '../metrics/client.ts';
import { aggregatedRegistry } from './aggregated.ts';
import { answerMainThread } from './threads-answer.ts';
import { workerThreads } from './threads-message.ts';
import { threadWorkers } from './threads-workers.ts';
import type { RecorderOptions } from '../metrics/from-catalog.ts';
import { aDuration, aText, checkOptions, recorderRules } from '../metrics/option-checks.ts';

export interface AggregateThreadsOptions extends RecorderOptions {
  /**
   * How long a scrape waits for threads. One that is blocked costs each scrape this long. Below the `timeoutMillis` of
   * `aggregateCluster()` where both are used, or a blocked thread would silence its whole process. Milliseconds.
   * @default 500
   */
  readonly timeoutMillis?: number;
  /**
   * The threads and the page that belong together, where a process has pages for several registries.
   * @default 'default'
   */
  readonly group?: string;
}

export interface AggregatedThreads {
  /**
   * For `metricsEndpoint()`, `metricsServer()` or `aggregateCluster()`: in the main thread, every scrape of it is one of all
   * threads; in a worker thread it is the thread's own.
   */
  readonly registry: Registry;
  /**
   * In the main thread: stops aggregating. In a worker thread: stops answering, which to the page is the thread's end, so
   * call nothing of it again there with the same registry.
   */
  dispose(): void;
}

/**
 * Adds up the metrics of a process' main thread and its worker threads (`node:worker_threads`), each by its `aggregator`: sums
 * unless a metric says otherwise. Call it once in the main thread and once in each worker thread, in any order and at any
 * depth, and serve the registry that the main thread gets. Threads that do not call it are not on the page. It keeps neither
 * a process nor a thread alive.
 *
 * A thread that does not answer in time is counted in `telltale_workers_silent`: its counters and histograms stay at what it
 * said last, its gauges are left out. Those of a thread that has ended stay for good, so that no sum falls: Prometheus would
 * take that for a restart and see a burst that never was. A thread that has nothing left to do hands in what it has counted;
 * of one that is terminated, throws or calls `process.exit()`, what the last scrape saw is kept. Aggregated pages have no
 * exemplars. A scrape costs a thread about as much as `getMetricsAsJSON()` of its registry.
 *
 * In a cluster, give its registry to `aggregateCluster()`: the primary's page is then that of all threads of all processes.
 *
 * Metrics of the whole process, such as `process_cpu_seconds_total` of `runtimeMetrics()`, belong in the main thread alone:
 * every thread would count them again.
 * @throws TELLTALE_OPTION, also in Node 21 and 22.0 to 22.4, which lack what it takes; TELLTALE_NO_CLIENT,
 * TELLTALE_METRIC_TAKEN
 * @example
 * const metrics = aggregateThreads();
 * if (isMainThread) await metricsServer({ port: 9464, registry: metrics.registry });
 */
export function aggregateThreads(options: AggregateThreadsOptions = {}): AggregatedThreads {
  checkOptions('use aggregateThreads()', options, { ...recorderRules, timeoutMillis: aDuration, group: aText });
  const { group = 'default', ...recorder } = options;
  const { registry = loadClient().register, timeoutMillis = 500 } = recorder;
  if (!workerThreads().isMainThread) return { registry, dispose: answerMainThread(registry, group) };
  const threads = threadWorkers(group);
  const aggregated = aggregatedRegistry(threads, { ...recorder, registry, timeoutMillis });
  const dispose = (): void => {
    aggregated.dispose();
    threads.dispose();
  };
  return { registry: aggregated.registry, dispose };
}
