/** Records what the company measures. Money is recorded in minor units (cents), and shown in major ones. */
import { businessMetrics } from 'telltale';
import type { Registry } from 'prom-client';
import { paymentsModel } from './business-model.ts';
import type { PaymentHappenings } from './payments-router.ts';

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
