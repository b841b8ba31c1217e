/** Readiness checks, and what a service says of itself. */
import { check, commit, version } from './labels.ts';
import { storageSeconds } from './buckets.ts';
import type { MetricCatalog } from './metric.ts';

export const healthCatalog = {
  status: {
    name: 'health_check_status',
    kind: 'gauge',
    unit: 'state',
    help: '1 while the check passes, 0 while it fails.',
    labels: { check },
    exposedBy: 'health',
    otel: null,
    aggregation: 'min',
  },
  duration: {
    name: 'health_check_duration_seconds',
    kind: 'histogram',
    unit: 'seconds',
    help: 'Time of health checks.',
    labels: { check },
    exposedBy: 'health',
    otel: null,
    buckets: storageSeconds,
  },
  serviceInfo: {
    name: 'service_info',
    kind: 'gauge',
    unit: 'info',
    help: 'Always 1: the version and commit that the instance runs. The environment is a label of the target.',
    labels: { version, commit },
    exposedBy: 'health',
    otel: null,
    aggregation: 'max',
  },
} as const satisfies MetricCatalog;
