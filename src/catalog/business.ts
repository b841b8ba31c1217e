/** The default business model, an online classroom. A user's own declarations in telltale.config.ts take its place. */
import { contentKind, currency, paymentStatus } from './labels.ts';
import type { MetricCatalog } from './metric.ts';

export const businessCatalog = {
  activeUsers: {
    name: 'active_users',
    kind: 'gauge',
    unit: 'items',
    help: 'Users seen in the last five minutes.',
    labels: {},
    exposedBy: 'business',
    otel: null,
    aggregation: 'max',
  },
  contentCreated: {
    name: 'content_created_total',
    kind: 'counter',
    unit: 'items',
    help: 'Pieces of content created.',
    labels: { kind: contentKind },
    exposedBy: 'business',
    otel: null,
  },
  assignmentsCompleted: {
    name: 'assignments_completed_total',
    kind: 'counter',
    unit: 'items',
    help: 'Assignments handed in.',
    labels: {},
    exposedBy: 'business',
    otel: null,
  },
  payments: {
    name: 'payments_total',
    kind: 'counter',
    unit: 'items',
    help: 'Payments by how they ended.',
    labels: { status: paymentStatus },
    exposedBy: 'business',
    otel: null,
  },
  revenue: {
    name: 'revenue_total',
    kind: 'counter',
    unit: 'currency',
    help: 'Revenue in major units of the currency: a trend for operators, not a ledger.',
    labels: { currency },
    exposedBy: 'business',
    otel: null,
  },
} as const satisfies MetricCatalog;
