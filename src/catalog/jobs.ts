/** Background jobs and queues. */
import { jobSeconds } from './buckets.ts';
import { jobName, jobResult, queue } from './labels.ts';
import type { MetricCatalog } from './metric.ts';

export const jobsCatalog = {
  runs: {
    name: 'job_runs_total',
    kind: 'counter',
    unit: 'items',
    help: 'Runs of background jobs by result.',
    labels: { job_name: jobName, result: jobResult },
    exposedBy: 'jobs',
    otel: null,
  },
  duration: {
    name: 'job_duration_seconds',
    kind: 'histogram',
    unit: 'seconds',
    help: 'Time of background jobs.',
    labels: { job_name: jobName },
    exposedBy: 'jobs',
    otel: null,
    buckets: jobSeconds,
  },
  lastSuccess: {
    name: 'job_last_success_timestamp_seconds',
    kind: 'gauge',
    unit: 'timestamp',
    help: 'When the job last succeeded.',
    labels: { job_name: jobName },
    exposedBy: 'jobs',
    otel: null,
    aggregation: 'max',
  },
  queueDepth: {
    name: 'queue_depth',
    kind: 'gauge',
    unit: 'items',
    help: 'Items waiting in the queue.',
    labels: { queue },
    exposedBy: 'jobs',
    otel: null,
    aggregation: 'max',
  },
  queueOldestAge: {
    name: 'queue_oldest_age_seconds',
    kind: 'gauge',
    unit: 'seconds',
    help: 'Age of the oldest item waiting in the queue.',
    labels: { queue },
    exposedBy: 'jobs',
    otel: null,
    aggregation: 'max',
  },
} as const satisfies MetricCatalog;
