/**
 * express-prom-bundle 8 with `includeMethod` and `includePath`. Its `up` is left out: Prometheus writes a series of that
 * name for every target, which is the one that dashboards see.
 * Source: src/index.js of the package.
 */
import type { NamingPreset } from './preset.ts';

const path = { labels: { route: 'path' } } as const;

export const expressPromBundle = {
  id: 'express-prom-bundle',
  metrics: {
    http_request_duration_seconds: { ...path, buckets: [0.003, 0.03, 0.1, 0.3, 1.5, 10] },
    http_response_size_bytes: path,
    http_request_size_bytes: path,
    http_time_to_headers_seconds: path,
    http_requests_aborted_total: path,
    http_streams_active: path,
    application_errors_total: path,
  },
  series: [],
} as const satisfies NamingPreset;
