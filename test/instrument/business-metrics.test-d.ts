import { describe, expectTypeOf, it } from 'vitest';
import { businessMetrics } from '../../src/instrument/business/business-metrics.ts';

const business = businessMetrics();
const own = businessMetrics({
  plans: {
    name: 'plans_total',
    kind: 'counter',
    unit: 'items',
    help: 'Plans.',
    labels: { plan: { values: ['free', 'pro'] } },
  },
  orders: { name: 'orders_total', kind: 'counter', help: 'Orders.', labels: { channel: ['web', 'app'] } },
  carts: { name: 'carts_value', kind: 'gauge', unit: 'currency', help: 'Carts.', labels: { shop: { cap: 9 } } },
  income: { name: 'income_total', kind: 'counter', unit: 'currency', help: 'Income.', labels: { currency: ['eur'] } },
  waiting: { name: 'waiting_seconds', kind: 'histogram', unit: 'seconds', help: 'Waiting.', buckets: [1] },
});

describe('a wrong recording does not compile', () => {
  it('of an undeclared metric', () => {
    // @ts-expect-error the model has no such metric
    expectTypeOf(business.refunds).toBeUndefined();
  });

  it('of an undeclared label value', () => {
    expectTypeOf(business.payments.inc).toBeCallableWith({ status: 'failed' }, 2);
    // @ts-expect-error a payment succeeded or failed
    business.payments.inc({ status: 'pending' });
    own.plans.inc({ plan: 'pro' });
    // @ts-expect-error the plan is free or pro
    own.plans.inc({ plan: 'gold' });
  });

  it('of a value that is not in the list of a declaration', () => {
    own.orders.inc({ channel: 'app' });
    own.orders.inc({ channel: 'other' }, 2);
    // @ts-expect-error the channel is web, app or other
    own.orders.inc({ channel: 'fax' });
    // @ts-expect-error orders have a channel only
    own.orders.inc({ channel: 'app', plan: 'pro' });
    expectTypeOf(own.carts.set).toBeCallableWith({ shop: 'any' }, 19.99);
    // @ts-expect-error a value is a text
    own.carts.set({ shop: 7 }, 19.99);
  });

  it('of a declaration that is none', () => {
    // @ts-expect-error there is no such kind
    expectTypeOf(businessMetrics({ a: { name: 'a', kind: 'summary', help: 'A.' } })).toBeObject();
    // @ts-expect-error a metric says what it is
    expectTypeOf(businessMetrics({ a: { name: 'a', kind: 'gauge' } })).toBeObject();
  });

  it('of a label that is missing or too many', () => {
    // @ts-expect-error payments have a status
    business.payments.inc();
    // @ts-expect-error assignments have no labels
    business.assignmentsCompleted.inc({ kind: 'course' });
    expectTypeOf(business.assignmentsCompleted.inc).toBeCallableWith();
    expectTypeOf(business.assignmentsCompleted.inc).toBeCallableWith(3);
  });

  it('of the wrong kind', () => {
    expectTypeOf(business.activeUsers.set).toBeCallableWith(3);
    // @ts-expect-error a gauge is set
    business.activeUsers.inc();
    own.waiting.observe(0.5);
    // @ts-expect-error a histogram observes
    own.waiting.set(1);
  });

  it('of money as a float', () => {
    expectTypeOf(business.revenue.addMinor).toBeCallableWith({ currency: 'eur' }, 1_999);
    expectTypeOf(business.revenue.addMinor).toBeCallableWith({ currency: 'eur' }, 1_999n);
    // @ts-expect-error money is added in minor units
    business.revenue.inc({ currency: 'eur' }, 19.99);
    own.income.addMinor({ currency: 'eur' }, 1_999);
    // @ts-expect-error the shop takes euros
    own.income.addMinor({ currency: 'usd' }, 1_999);
    // @ts-expect-error an amount has a currency
    own.income.addMinor(1_999);
  });
});
