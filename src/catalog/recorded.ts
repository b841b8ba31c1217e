/** Names of recorded series, as level:metric:operations. Their expressions live in `src/alerts/`. */
import { durationSeconds } from './buckets.ts';
import { le, sloName, version } from './labels.ts';
import type { MetricCatalog } from './metric.ts';

const record = { kind: 'gauge', labels: {}, exposedBy: 'rules', otel: null } as const;
const perSlo = { ...record, labels: { slo: sloName } } as const;
const perVersion = { ...record, labels: { version } } as const;
const errorRatio = {
  ...perSlo,
  unit: 'ratio',
  help: 'Share of requests that broke the SLO, over the window that the name ends with.',
} as const;

export const recordedCatalog = {
  requestRate: {
    ...record,
    name: 'service:http_requests:rate5m',
    unit: 'items',
    help: 'Requests a second of the service.',
  },
  latencyBuckets: {
    ...record,
    name: 'service_le:http_request_duration_seconds_bucket:rate5m',
    unit: 'items',
    help: 'Requests a second by upper bound of their duration.',
    labels: { le },
  },
  sloRequests: {
    ...perSlo,
    name: 'slo:requests:rate5m',
    unit: 'items',
    help: 'Requests a second that count for the SLO.',
  },
  sloErrors: {
    ...perSlo,
    name: 'slo:errors:rate5m',
    unit: 'items',
    help: 'Requests a second that broke the SLO; 0 where there is traffic but no error.',
  },
  sloErrorRatio5m: { ...errorRatio, name: 'slo:error_ratio:rate5m' },
  sloErrorRatio30m: { ...errorRatio, name: 'slo:error_ratio:rate30m' },
  sloErrorRatio1h: { ...errorRatio, name: 'slo:error_ratio:rate1h' },
  sloErrorRatio2h: { ...errorRatio, name: 'slo:error_ratio:rate2h' },
  sloErrorRatio6h: { ...errorRatio, name: 'slo:error_ratio:rate6h' },
  sloErrorRatio1d: { ...errorRatio, name: 'slo:error_ratio:rate1d' },
  sloErrorRatio3d: { ...errorRatio, name: 'slo:error_ratio:rate3d' },
  sloErrorRatio30d: { ...errorRatio, name: 'slo:error_ratio:rate30d' },
  sloObjective: {
    ...perSlo,
    name: 'slo:objective:ratio',
    unit: 'ratio',
    help: 'Share of requests that the SLO promises to be good.',
  },
  versionErrorRatio: {
    ...perVersion,
    name: 'service_version:http_request_errors:ratio_rate5m',
    unit: 'ratio',
    help: 'Share of requests answered with a 5xx, by version of the service.',
  },
  versionLatencyP95: {
    ...perVersion,
    name: 'service_version:http_request_duration_seconds:p95_rate5m',
    unit: 'seconds',
    help: '95th percentile of the duration of requests, by version of the service.',
  },
} as const satisfies MetricCatalog;

/** Bounds of `recordedCatalog.latencyBuckets`: those of the histogram it is recorded from. */
export const latencyBucketBounds = durationSeconds;
