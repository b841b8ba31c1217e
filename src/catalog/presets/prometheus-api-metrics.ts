/**
 * prometheus-api-metrics 4 with its default options.
 * Source: src/metrics-middleware.js and src/express-middleware.js of the package.
 */
import { statusCode } from '../labels.ts';
import type { NamingPreset } from './preset.ts';

const code = { labels: { status_code: 'code' } } as const;
const sizes = {
  ...code,
  moreLabels: { status_code: statusCode },
  buckets: [5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000],
} as const;
const versionPart = { cap: 10, from: 'the version a service says it is' } as const;

export const prometheusApiMetrics = {
  id: 'prometheus-api-metrics',
  metrics: {
    http_request_duration_seconds: { ...code, buckets: [0.001, 0.005, 0.015, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5] },
    http_response_size_bytes: sizes,
    http_request_size_bytes: sizes,
  },
  series: [
    {
      from: 'connections',
      entry: {
        name: 'expressjs_number_of_open_connections',
        kind: 'gauge',
        unit: 'items',
        help: 'Connections open to the servers of the process.',
        labels: {},
        exposedBy: 'http',
        otel: null,
        aggregation: 'sum',
      },
    },
    {
      from: 'version',
      entry: {
        name: 'app_version',
        kind: 'gauge',
        unit: 'info',
        help: 'Always 1: the version of the service.',
        labels: { version: versionPart, major: versionPart, minor: versionPart, patch: versionPart },
        exposedBy: 'health',
        otel: null,
        aggregation: 'max',
      },
    },
  ],
} as const satisfies NamingPreset;
