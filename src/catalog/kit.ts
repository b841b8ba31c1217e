/** What the kit says of itself: its own series, its bounds and its tracer. */
import { exporterName, metric, spanDropReason } from './labels.ts';
import type { MetricCatalog } from './metric.ts';

const kitGauge = { kind: 'gauge', labels: {}, exposedBy: 'kit', otel: null, aggregation: 'sum' } as const;
const kitCounter = { kind: 'counter', unit: 'items', exposedBy: 'kit', otel: null } as const;
const spanGauge = {
  kind: 'gauge',
  unit: 'items',
  labels: {},
  exposedBy: 'tracing',
  otel: null,
  aggregation: 'sum',
} as const;
const spanCounter = { kind: 'counter', unit: 'items', labels: {}, exposedBy: 'tracing', otel: null } as const;

export const kitCatalog = {
  series: {
    ...kitGauge,
    name: 'telltale_series',
    unit: 'items',
    help: 'Series that the process exposes.',
  },
  routeOverflow: {
    ...kitCounter,
    name: 'telltale_route_overflow_total',
    help: 'Requests recorded under route="overflow" because the cap on routes was reached.',
    labels: {},
  },
  labelErrors: {
    ...kitCounter,
    name: 'telltale_label_errors_total',
    help: 'Label values that were out of bounds, or whose callback failed, by metric.',
    labels: { metric },
  },
  scrapeDuration: {
    ...kitGauge,
    name: 'telltale_scrape_duration_seconds',
    unit: 'seconds',
    help: 'Time that the process took to render its last scrape.',
    aggregation: 'max',
  },
  workersSilent: {
    ...kitGauge,
    name: 'telltale_workers_silent',
    unit: 'items',
    help: 'Workers of the cluster, and threads, that did not answer the last scrape in time.',
    exposedBy: 'cluster',
  },
  spansStarted: {
    ...spanCounter,
    name: 'telltale_spans_started_total',
    help: 'Sampled spans that were started.',
  },
  spansExported: {
    ...spanCounter,
    name: 'telltale_spans_exported_total',
    help: 'Spans that a collector accepted.',
    labels: { exporter: exporterName },
  },
  spansDropped: {
    ...spanCounter,
    name: 'telltale_spans_dropped_total',
    help: 'Spans that were lost, by reason.',
    labels: { reason: spanDropReason },
  },
  spanQueueSize: {
    ...spanGauge,
    name: 'telltale_span_queue_size',
    help: 'Spans waiting to be exported.',
  },
  spanQueueCapacity: {
    ...spanGauge,
    name: 'telltale_span_queue_capacity',
    help: 'The most spans that may wait to be exported.',
  },
} as const satisfies MetricCatalog;
