/** Metrics of the Node process: prom-client's default metrics, corrected. Values are read when they are scraped. */
import { getHeapStatistics } from 'node:v8';
import type { MetricEntry } from '../../catalog/metric.ts';
import { nodejsCatalog as nodejs } from '../../catalog/nodejs.ts';
import { TelltaleError } from '../../errors.ts';
import { gcKinds, observeGc } from './gc-pauses.ts';
import type { RecorderOptions } from '../metrics/from-catalog.ts';
import { activeHandles, activeRequests, activeResources } from './active.ts';
import type { BoundedMetrics } from '../metrics/bounded-metrics.ts';
import { eventLoopUtilization, monitorEventLoopLag } from './event-loop.ts';
import { hasProcFs, maxFileDescriptors, openFileDescriptors } from './file-descriptors.ts';
import { acquireShared, type CreateShared } from '../metrics/shared-parts.ts';

export interface RuntimeMetricsOptions extends RecorderOptions {}

export interface RuntimeMetrics {
  /** Takes the metrics off the registry and leaves no timer and no observer behind. */
  dispose(): void;
}

type GaugeEntry = MetricEntry & { readonly kind: 'gauge' };

interface Reading {
  readonly entry: GaugeEntry;
  /** Null leaves the gauge as it is. */
  readonly read: () => number | null;
}

interface Count {
  readonly entry: GaugeEntry;
  readonly read: () => ReadonlyMap<string, number>;
}

/** One gauge and one cheap call each. */
const readings: readonly Reading[] = [
  { entry: nodejs.residentMemory, read: () => process.memoryUsage.rss() },
  { entry: nodejs.heapUsed, read: () => getHeapStatistics().used_heap_size },
  { entry: nodejs.heapTotal, read: () => getHeapStatistics().total_heap_size },
  { entry: nodejs.heapLimit, read: () => getHeapStatistics().heap_size_limit },
  // The same number as `process.memoryUsage().external`, which asks the kernel for the resident memory too.
  { entry: nodejs.externalMemory, read: () => getHeapStatistics().external_memory },
];

/** Only where /proc is: a gauge that can never be read must not show 0. */
function procReadings(): readonly Reading[] {
  let most: number | null | undefined;
  return [
    { entry: nodejs.openFds, read: openFileDescriptors },
    // Asked once: it takes as long as the rest of a scrape together, and hardly anybody changes it in a running process.
    { entry: nodejs.maxFds, read: () => (most ??= maxFileDescriptors()) },
  ];
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
 * Of its metrics, those are left out that no panel and no alert asks for: the spaces of the heap, virtual memory, CPU time
 * by mode, and of the delay the minimum, maximum, 90th percentile and deviation. What it calls `*_total` of handles,
 * requests and resources is the sum of theirs by type.
 *
 * Delay and utilization are those since the last scrape, so two Prometheus servers that scrape one process each see
 * the time since the other's scrape. Costs about 70 series, an unref'd 10 ms timer inside libuv and one GC observer: in
 * `npm run bench` a quarter of prom-client's CPU time per scrape, and as much between scrapes.
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
  recordProcess(metrics);
  recordEventLoop(metrics, onDispose);
  for (const { entry, read } of hasProcFs ? [...readings, ...procReadings()] : readings) {
    metrics.gauge(entry, (gauge) => {
      const value = read();
      if (value !== null) gauge.set({}, value);
    });
  }
  for (const { entry, read } of counts) {
    metrics.gauge(entry, (gauge) => {
      gauge.reset();
      for (const [type, count] of read()) gauge.set({ type }, count);
    });
  }
  metrics.gauge(nodejs.versionInfo).set({ version: process.version }, 1);
  onDispose(recordGc(metrics));
  return {};
};

/** CPU time is a counter, and counters are not asked at scrape: the gauge ahead of it brings it up to date. */
function recordProcess(metrics: BoundedMetrics): void {
  const startTimeSeconds = Date.now() / 1_000 - process.uptime();
  let countedMicros = 0;
  metrics.gauge(nodejs.startTime, (gauge) => {
    gauge.set({}, startTimeSeconds);
    const { user, system } = process.cpuUsage();
    cpu.inc({}, (user + system - countedMicros) / 1e6);
    countedMicros = user + system;
  });
  const cpu = metrics.counter(nodejs.cpu);
}

function recordEventLoop(metrics: BoundedMetrics, onDispose: (stop: () => void) => void): void {
  const monitor = monitorEventLoopLag();
  onDispose(monitor.stop);
  const utilization = eventLoopUtilization();
  metrics.gauge(nodejs.eventLoopLagMean, (gauge) => {
    const lag = monitor.take();
    if (lag === null) return;
    gauge.set({}, lag.meanSeconds);
    p50.set({}, lag.p50Seconds);
    p99.set({}, lag.p99Seconds);
  });
  const p50 = metrics.gauge(nodejs.eventLoopLagP50);
  const p99 = metrics.gauge(nodejs.eventLoopLagP99);
  metrics.gauge(nodejs.eventLoopUtilization, (gauge) => gauge.set({}, utilization()));
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
