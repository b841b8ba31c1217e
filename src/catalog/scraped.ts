/** What Prometheus adds of its own for every target and every alert. */
import { alertName, alertState, component, severity } from './labels.ts';
import type { MetricCatalog } from './metric.ts';

export const scrapedCatalog = {
  up: {
    name: 'up',
    kind: 'gauge',
    unit: 'state',
    help: '1 if the last scrape of the target succeeded, 0 if it failed.',
    labels: {},
    exposedBy: 'scrape',
    otel: null,
    aggregation: 'min',
  },
  alerts: {
    name: 'ALERTS',
    kind: 'gauge',
    unit: 'info',
    help: 'Always 1, for each pending or firing alert.',
    labels: { alertname: alertName, alertstate: alertState, severity, component },
    exposedBy: 'alerts',
    otel: null,
  },
  alertsForState: {
    name: 'ALERTS_FOR_STATE',
    kind: 'gauge',
    unit: 'timestamp',
    help: 'When each pending or firing alert became active.',
    labels: { alertname: alertName, severity, component },
    exposedBy: 'alerts',
    otel: null,
  },
} as const satisfies MetricCatalog;
