/** Calls that the service makes to others. Source of the otel name: the HTTP client semantic conventions. */
import { durationSeconds } from './buckets.ts';
import { dependency, httpMethod, statusCode } from './labels.ts';
import type { MetricCatalog } from './metric.ts';

export const outboundCatalog = {
  duration: {
    name: 'http_client_request_duration_seconds',
    kind: 'histogram',
    unit: 'seconds',
    help: 'Time of outgoing HTTP calls by declared dependency; status_code is "error" or "timeout" where no response came, or it broke off.',
    labels: { dependency, method: httpMethod, status_code: statusCode },
    exposedBy: 'outbound',
    otel: {
      name: 'http_client_request_duration_seconds',
      labels: { method: 'http_request_method', status_code: 'http_response_status_code' },
      values: { method: { other: '_OTHER' } },
    },
    buckets: durationSeconds,
  },
} as const satisfies MetricCatalog;
