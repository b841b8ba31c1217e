/** Metrics of the Node process: prom-client's default metrics, corrected. Values are read when they are scraped. */
import { getHeapStatistics } from 'node:v8';
import type { MetricEntry } from '../../catalog/metric.ts';
import { nodejsDefaultsCatalog as defaults } from '../../catalog/nodejs-defaults.ts';
import { nodejsCatalog as nodejs } from '../../catalog/nodejs.ts';
import { TelltaleError } from '../../errors.ts';
import { gcKinds, observeGc } from './gc-pauses.ts';
import type { RecorderOptions } from '../metrics/from-catalog.ts';
import { activeHandles, activeRequests, activeResources } from './active.ts';
import type { BoundedMetrics } from '../metrics/bounded-metrics.ts';
import { recordEventLoop } from './event-loop-metrics.ts';
import { hasProcFs, maxFileDescriptors, openFileDescriptors } from './file-descriptors.ts';
import { recordHeapSpaces } from './heap-spaces.ts';
import { readProcessMemory } from './process-memory.ts';
import { acquireShared, type CreateShared } from '../metrics/shared-parts.ts';
import { recordTogether } from './together.ts';

export interface RuntimeMetricsOptions extends RecorderOptions {}

export interface RuntimeMetrics {
  /** Takes the metrics off the registry and leaves no timer and no observer behind. */
  dispose(): void;
}

interface Count {
  readonly entry: MetricEntry & { readonly kind: 'gauge' };
  readonly read: () => ReadonlyMap<string, number>;
}

const counts: readonly Count[] = [
  { entry: nodejs.activeResources, read: activeResources },
  { entry: nodejs.activeHandles, read: activeHandles },
  { entry: nodejs.activeRequests, read: activeRequests },
];

/**
 * Records the Node process: CPU, memory, file descriptors, event loop delay and utilization, garbage collections,
 * active resources and the version. Use it instead of prom-client's `collectDefaultMetrics()`, whose names it takes:
 * that one misses garbage collections, names three gauges `*_total`, and reports 10 ms of delay for an idle loop.
 *
 * Nothing else of it is left out, so that dashboards written for it go on working. What it calls `*_total` of handles,
 * requests and resources is the sum of theirs by type.
 *
 * Delay and utilization are those since the last scrape, so two Prometheus servers that scrape one process each see
 * the time since the other's scrape. Costs about 120 series, an unref'd 10 ms timer inside libuv and one GC observer: in
 * `npm run bench` less than half of prom-client's CPU time per scrape, and as much between scrapes.
 * Calling it twice on one registry records once.
 * @throws TELLTALE_NO_CLIENT when no Prometheus client is installed; TELLTALE_METRIC_TAKEN when
 * `collectDefaultMetrics()` was called on the same registry.
 * @example
 * const runtime = runtimeMetrics();
 * // at shutdown
 * runtime.dispose();
 */
export function runtimeMetrics(options: RuntimeMetricsOptions = {}): RuntimeMetrics {
  try {
    const shared = acquireShared(options, 'runtime', startRecording);
    return { dispose: shared.release };
  } catch (error) {
    throw isTaken(error) ? takenByDefaultMetrics(error) : error;
  }
}

const startRecording: CreateShared<object> = (metrics, onDispose) => {
  recordCpu(metrics);
  recordMemory(metrics);
  recordHeapSpaces(metrics);
  if (hasProcFs) recordFileDescriptors(metrics);
  for (const { entry, read } of counts) {
    metrics.gauge(entry, (gauge) => {
      gauge.reset();
      for (const [type, count] of read()) gauge.set({ type }, count);
    });
  }
  // Asked last, or the turn it begins to measure would be among the active resources.
  recordEventLoop(metrics, onDispose);
  const [, major, minor, patch] = /^v(\d+)\.(\d+)\.(\d+)/.exec(process.version) ?? [];
  metrics.gauge(nodejs.versionInfo).set({ version: process.version, major, minor, patch }, 1);
  onDispose(recordGc(metrics));
  return {};
};

/** CPU time is a counter, and counters are not asked at scrape: the gauge ahead of them brings them up to date. */
function recordCpu(metrics: BoundedMetrics): void {
  const startTimeSeconds = Date.now() / 1_000 - process.uptime();
  let counted = { user: 0, system: 0 };
  metrics.gauge(nodejs.startTime, (gauge) => {
    gauge.set({}, startTimeSeconds);
    const usage = process.cpuUsage();
    const userSeconds = (usage.user - counted.user) / 1e6;
    const systemSeconds = (usage.system - counted.system) / 1e6;
    user.inc({}, userSeconds);
    system.inc({}, systemSeconds);
    total.inc({}, userSeconds + systemSeconds);
    counted = usage;
  });
  const user = metrics.counter(defaults.cpuUser);
  const system = metrics.counter(defaults.cpuSystem);
  const total = metrics.counter(nodejs.cpu);
}

function recordMemory(metrics: BoundedMetrics): void {
  // Only where /proc is: a gauge that can never be read must not show 0.
  if (hasProcFs) {
    recordTogether(metrics, readProcessMemory, [
      [nodejs.residentMemory, ({ residentBytes }) => residentBytes],
      [defaults.virtualMemory, ({ virtualBytes }) => virtualBytes],
      [defaults.dataMemory, ({ dataBytes }) => dataBytes],
    ]);
  } else {
    recordTogether(metrics, () => process.memoryUsage.rss(), [[nodejs.residentMemory, (bytes) => bytes]]);
  }
  // Its external memory is that of `process.memoryUsage()`, which asks the kernel for the resident memory too.
  recordTogether(metrics, getHeapStatistics, [
    [nodejs.heapUsed, (heap) => heap.used_heap_size],
    [nodejs.heapTotal, (heap) => heap.total_heap_size],
    [nodejs.heapLimit, (heap) => heap.heap_size_limit],
    [nodejs.externalMemory, (heap) => heap.external_memory],
  ]);
}

function recordFileDescriptors(metrics: BoundedMetrics): void {
  let most: number | null | undefined;
  recordTogether(metrics, openFileDescriptors, [[nodejs.openFds, (count) => count]]);
  // Asked once: it takes as long as the rest of a scrape together, and hardly anybody changes it in a running process.
  recordTogether(metrics, () => (most ??= maxFileDescriptors()), [[nodejs.maxFds, (count) => count]]);
}

function recordGc(metrics: BoundedMetrics): () => void {
  const pauses = metrics.histogram(nodejs.gcDuration);
  for (const kind of gcKinds) pauses.zero({ kind });
  return observeGc((kind, seconds) => pauses.observe({ kind }, seconds));
}

function isTaken(error: unknown): boolean {
  return (error as { readonly code?: unknown } | null)?.code === 'TELLTALE_METRIC_TAKEN';
}

function takenByDefaultMetrics(error: unknown): TelltaleError {
  return new TelltaleError('TELLTALE_METRIC_TAKEN', error instanceof Error ? error.message : String(error), {
    fix: 'remove the call of collectDefaultMetrics(): runtimeMetrics() records the same metrics, corrected',
    cause: error,
  });
}
