/** What the company measures. Money is recorded in minor units (cents), and shown in major ones. */
import { businessMetrics } from 'telltale';
import type { Registry } from 'prom-client';
import type { PaymentHappenings } from './payments-router.ts';

export const paymentsModel = {
  payments: {
    name: 'payments_total',
    kind: 'counter',
    unit: 'items',
    help: 'Payments by how they ended.',
    labels: { status: { values: ['succeeded', 'failed'] } },
  },
  revenue: {
    name: 'revenue_total',
    kind: 'counter',
    unit: 'currency',
    help: 'Revenue in major units of the currency: a trend for operators, not a ledger.',
    labels: { currency: { cap: 20, from: 'ISO 4217 codes, lower case' } },
  },
} as const;

export function paymentMetrics(registry: Registry): PaymentHappenings {
  const business = businessMetrics(paymentsModel, { registry });
  return {
    paid: (currency, amountMinor) => {
      business.payments.inc({ status: 'succeeded' });
      business.revenue.addMinor({ currency }, amountMinor);
    },
    failed: () => business.payments.inc({ status: 'failed' }),
  };
}
