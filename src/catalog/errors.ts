/** Errors of the application, by what they are and where they arose. */
import { errorType, route, trueOrFalse } from './labels.ts';
import type { MetricCatalog } from './metric.ts';

export const errorsCatalog = {
  application: {
    name: 'application_errors_total',
    kind: 'counter',
    unit: 'items',
    help: 'Errors by class or code; handled="false" are uncaught exceptions and unhandled rejections.',
    labels: { type: errorType, route, handled: trueOrFalse },
    exposedBy: 'errors',
    otel: null,
  },
} as const satisfies MetricCatalog;
