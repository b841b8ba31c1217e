/** Requests that the service serves. Source of the otel names: https://opentelemetry.io/docs/specs/semconv/http/http-metrics/ */
import { durationSeconds, sizeBytes } from './buckets.ts';
import { abortPhase, httpMethod, rejectReason, route, statusCode, streamKind } from './labels.ts';
import type { MetricCatalog } from './metric.ts';

const otelRoute = { method: 'http_request_method', route: 'http_route' } as const;
const otelValues = { method: { other: '_OTHER' } } as const;

export const httpCatalog = {
  duration: {
    name: 'http_request_duration_seconds',
    kind: 'histogram',
    unit: 'seconds',
    help: 'Time from the first byte of a request to the end of its response, streams and upgrades left out.',
    labels: { method: httpMethod, route, status_code: statusCode },
    exposedBy: 'http',
    otel: {
      name: 'http_server_request_duration_seconds',
      labels: { ...otelRoute, status_code: 'http_response_status_code' },
      values: otelValues,
    },
    buckets: durationSeconds,
  },
  inFlight: {
    name: 'http_requests_in_flight',
    kind: 'gauge',
    unit: 'items',
    help: 'Requests being served right now.',
    labels: {},
    exposedBy: 'http',
    otel: { name: 'http_server_active_requests', labels: {} },
    aggregation: 'sum',
  },
  responseSize: {
    name: 'http_response_size_bytes',
    kind: 'histogram',
    unit: 'bytes',
    help: 'Bytes of response bodies as sent on the wire.',
    labels: { method: httpMethod, route },
    exposedBy: 'http',
    otel: { name: 'http_server_response_body_size_bytes', labels: otelRoute, values: otelValues },
    buckets: sizeBytes,
  },
  requestSize: {
    name: 'http_request_size_bytes',
    kind: 'histogram',
    unit: 'bytes',
    help: 'Bytes of request bodies as received.',
    labels: { method: httpMethod, route },
    exposedBy: 'http',
    otel: { name: 'http_server_request_body_size_bytes', labels: otelRoute, values: otelValues },
    buckets: sizeBytes,
  },
  timeToHeaders: {
    name: 'http_time_to_headers_seconds',
    kind: 'histogram',
    unit: 'seconds',
    help: 'Time from the first byte of a request to the headers of its response; streams only by default.',
    labels: { method: httpMethod, route },
    exposedBy: 'http',
    otel: null,
    buckets: durationSeconds,
  },
  aborted: {
    name: 'http_requests_aborted_total',
    kind: 'counter',
    unit: 'items',
    help: 'Requests whose client went away before the response was complete.',
    labels: { method: httpMethod, route, phase: abortPhase },
    exposedBy: 'http',
    otel: null,
  },
  rejected: {
    name: 'http_server_rejected_total',
    kind: 'counter',
    unit: 'items',
    help: 'Connections and requests that the server refused before any middleware saw them.',
    labels: { reason: rejectReason },
    exposedBy: 'http',
    otel: null,
  },
  streamsActive: {
    name: 'http_streams_active',
    kind: 'gauge',
    unit: 'items',
    help: 'Server-sent event streams and upgraded connections open right now.',
    labels: { route, kind: streamKind },
    exposedBy: 'http',
    otel: null,
    aggregation: 'sum',
  },
} as const satisfies MetricCatalog;
