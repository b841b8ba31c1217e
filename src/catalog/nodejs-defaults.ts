/**
 * The Node process, continued: prom-client's default metrics that no dashboard of ours asks for, but others do, such as
 * Grafana's 11159. A test compares these and those of `nodejs.ts` with what the clients expose.
 */
import { heapSpace } from './labels.ts';
import type { MetricCatalog } from './metric.ts';

const forPromClient = { exposedBy: 'runtime', otel: null, forDashboardsOf: 'prom-client' } as const;
const runtimeCounter = { ...forPromClient, kind: 'counter', labels: {} } as const;
const runtimeGauge = { ...forPromClient, kind: 'gauge', labels: {} } as const;
const lag = { ...runtimeGauge, unit: 'seconds', aggregation: 'max' } as const;
const space = { ...runtimeGauge, unit: 'bytes', labels: { space: heapSpace }, aggregation: 'sum' } as const;

export const nodejsDefaultsCatalog = {
  cpuUser: {
    ...runtimeCounter,
    name: 'process_cpu_user_seconds_total',
    unit: 'seconds',
    help: 'CPU time that the process spent in its own code.',
  },
  cpuSystem: {
    ...runtimeCounter,
    name: 'process_cpu_system_seconds_total',
    unit: 'seconds',
    help: 'CPU time that the kernel spent for the process.',
  },
  virtualMemory: {
    ...runtimeGauge,
    name: 'process_virtual_memory_bytes',
    unit: 'bytes',
    help: 'Address space that the process has reserved (VmSize), most of which it never touches.',
    aggregation: 'sum',
  },
  dataMemory: {
    ...runtimeGauge,
    name: 'process_heap_bytes',
    unit: 'bytes',
    help: 'Address space reserved for data (VmData): more than the heap of V8, and not all in RAM.',
    aggregation: 'sum',
  },
  eventLoopLag: {
    ...lag,
    name: 'nodejs_eventloop_lag_seconds',
    help: 'How long the event loop took to come round at the scrape before.',
  },
  eventLoopLagMin: {
    ...lag,
    name: 'nodejs_eventloop_lag_min_seconds',
    help: 'Least delay of the event loop since the last scrape.',
    aggregation: 'min',
  },
  eventLoopLagMax: {
    ...lag,
    name: 'nodejs_eventloop_lag_max_seconds',
    help: 'Greatest delay of the event loop since the last scrape.',
  },
  eventLoopLagStddev: {
    ...lag,
    name: 'nodejs_eventloop_lag_stddev_seconds',
    help: 'Standard deviation of the delay of the event loop since the last scrape.',
  },
  eventLoopLagP90: {
    ...lag,
    name: 'nodejs_eventloop_lag_p90_seconds',
    help: '90th percentile of the delay of the event loop since the last scrape.',
  },
  heapSpaceTotal: {
    ...space,
    name: 'nodejs_heap_space_size_total_bytes',
    help: 'Heap reserved, by space.',
  },
  heapSpaceAvailable: {
    ...space,
    name: 'nodejs_heap_space_size_available_bytes',
    help: 'Heap that is reserved and free, by space.',
  },
} as const satisfies MetricCatalog;
