/**
 * promster (`@promster/express` 14) with its default metrics, and `httpContentLengthHistogram`, which many turn on. Its
 * summary of percentiles, off by default, is left out: percentiles of instances cannot be added up to those of a service.
 * Source: dist of `@promster/metrics`.
 */
import { httpMethod, statusCode } from '../labels.ts';
import type { NamingPreset } from './preset.ts';

const path = { labels: { route: 'path' } } as const;
const lowerCase = Object.fromEntries(httpMethod.values.map((method) => [method, method.toLowerCase()]));
const endpoint = { ...path, values: { method: lowerCase } } as const;
const contentLength = {
  ...endpoint,
  moreLabels: { status_code: statusCode },
  buckets: [100_000, 200_000, 500_000, 1_000_000, 1_500_000, 2_000_000, 3_000_000, 5_000_000, 10_000_000],
} as const;

export const promster = {
  id: 'promster',
  metrics: {
    http_request_duration_seconds: { ...endpoint, buckets: [0.05, 0.1, 0.3, 0.5, 0.8, 1, 1.5, 2, 3, 10] },
    http_response_size_bytes: { ...contentLength, name: 'http_response_content_length_bytes' },
    http_request_size_bytes: { ...contentLength, name: 'http_request_content_length_bytes' },
    http_time_to_headers_seconds: endpoint,
    http_requests_aborted_total: endpoint,
    http_streams_active: path,
    application_errors_total: path,
  },
  series: [
    {
      from: 'requests',
      entry: {
        name: 'http_requests_total',
        kind: 'counter',
        unit: 'items',
        help: 'Requests answered, streams and upgrades left out.',
        labels: {
          method: { values: Object.values(lowerCase), otherwise: 'other' },
          path: { cap: 500, from: 'route templates of the application, and "unmatched"' },
          status_code: statusCode,
        },
        exposedBy: 'http',
        otel: null,
      },
    },
    {
      from: 'running',
      entry: {
        name: 'nodejs_up',
        kind: 'gauge',
        unit: 'state',
        help: 'Always 1: a process that is down says nothing. The series up of Prometheus tells.',
        labels: {},
        exposedBy: 'http',
        otel: null,
        aggregation: 'max',
      },
    },
  ],
} as const satisfies NamingPreset;
