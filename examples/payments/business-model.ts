/** What the company measures: declared once, recorded by payments, and shown by the dashboard through telltale.config.ts. */
import type { BusinessModel } from 'telltale';

export const paymentsModel = {
  payments: {
    name: 'payments_total',
    kind: 'counter',
    help: 'Payments by how they ended.',
    labels: { status: { values: ['succeeded', 'failed'] } },
  },
  revenue: {
    name: 'revenue_total',
    kind: 'counter',
    unit: 'currency',
    help: 'Revenue in major units of the currency: a trend for operators, not a ledger.',
    labels: { currency: { cap: 20, from: 'ISO 4217 codes, lower case' } },
    watched: false,
  },
} as const satisfies BusinessModel;
