import { array, assert, integer, property } from 'fast-check';
import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { businessMetrics } from '../../src/instrument/business-metrics.ts';
import { minorDigits, moneyTotals } from '../../src/instrument/business-money.ts';
import { clients } from '../support/clients.ts';
import { scrape } from '../support/exposition.ts';

const model = {
  orders: {
    name: 'orders_total',
    kind: 'counter',
    unit: 'items',
    help: 'Orders.',
    labels: {
      method: { values: ['card', 'invoice'] },
      channel: { values: ['web', 'app', 'other'], otherwise: 'other' },
    },
  },
  signups: { name: 'signups_total', kind: 'counter', unit: 'items', help: 'Sign-ups.' },
  seats: {
    name: 'seats_taken',
    kind: 'gauge',
    unit: 'items',
    help: 'Seats.',
    labels: { room: { cap: 2, from: 'rooms' } },
    aggregation: 'max',
  },
  waiting: { name: 'waiting_seconds', kind: 'histogram', unit: 'seconds', help: 'Waiting.', buckets: [1, 10] },
  revenue: {
    name: 'shop_revenue_total',
    kind: 'counter',
    unit: 'currency',
    help: 'Revenue.',
    labels: { currency: { cap: 5, from: 'ISO 4217 codes' } },
  },
} as const;

describe.each(clients)('businessMetrics() on a registry of %s', (_, newRegistry) => {
  it('records each kind of metric', async () => {
    const registry = newRegistry();
    const business = businessMetrics(model, { registry });
    business.orders.inc({ method: 'card', channel: 'web' });
    business.orders.inc({ method: 'card', channel: 'web' }, 2);
    business.signups.inc();
    business.signups.inc(4);
    business.seats.set({ room: 'red' }, 12);
    business.waiting.observe(3);
    business.revenue.addMinor({ currency: 'EUR' }, 1_999);
    business.revenue.addMinor({ currency: 'jpy' }, 500);
    const { series, value } = await scrape(registry);
    expect(series('orders_total')['web card']).toBe(3);
    expect(value('signups_total')).toBe(5);
    expect(series('seats_taken')).toEqual({ red: 12 });
    expect(series('waiting_seconds_bucket')).toEqual({ 1: 0, 10: 1, '+Inf': 1 });
    expect(series('shop_revenue_total')).toEqual({ eur: 19.99, jpy: 500 });
  });
});

describe('businessMetrics()', () => {
  it('exposes 0 for every combination of closed labels, and nothing for the others', async () => {
    const registry = new Registry();
    businessMetrics(model, { registry });
    const { series } = await scrape(registry);
    expect(series('orders_total')).toEqual({
      'web card': 0,
      'app card': 0,
      'other card': 0,
      'web invoice': 0,
      'app invoice': 0,
      'other invoice': 0,
    });
    expect(series('seats_taken')).toEqual({});
    expect(series('shop_revenue_total')).toEqual({});
  });

  it('without a model records that of the catalog', async () => {
    const registry = new Registry();
    const business = businessMetrics(undefined, { registry });
    business.payments.inc({ status: 'failed' });
    business.activeUsers.set(17);
    const { series, value } = await scrape(registry);
    expect(series('payments_total')).toEqual({ succeeded: 0, failed: 1 });
    expect(value('active_users')).toBe(17);
  });

  it('bounds what plain JavaScript passes', async () => {
    const registry = new Registry();
    const business = businessMetrics(model, { registry });
    business.orders.inc({ method: 'barter' as 'card', channel: 'web' });
    business.orders.inc({ method: 'card', channel: 'fax' as 'web' });
    business.orders.inc(undefined as never);
    business.signups.inc('many' as never);
    for (const room of ['a', 'b', 'c']) business.seats.set({ room }, 1);
    business.seats.set({ room: 'a' }, undefined as never);
    const { series } = await scrape(registry);
    expect(series('orders_total')['other card']).toBe(1);
    expect(series('seats_taken')).toEqual({ a: 1, b: 1, overflow: 1 });
    expect(series('telltale_label_errors_total')).toEqual({
      orders_total: 2,
      signups_total: 1,
      seats_taken: 2,
      waiting_seconds: 0,
      shop_revenue_total: 0,
    });
  });

  it.each([
    ['a fraction of a cent', { currency: 'eur' }, 0.5],
    ['a refund', { currency: 'eur' }, -100],
    ['what is no currency', { currency: 'euros' }, 100],
    ['no currency', {}, 100],
    ['no number', { currency: 'eur' }, '100'],
  ])('counts %s as an error and adds nothing', async (_, labels, amount) => {
    const registry = new Registry();
    const business = businessMetrics(model, { registry });
    business.revenue.addMinor(labels as { currency: string }, amount as number);
    const { series, value } = await scrape(registry);
    expect(series('shop_revenue_total')).toEqual({});
    expect(value('telltale_label_errors_total', { metric: 'shop_revenue_total' })).toBe(1);
  });

  it('called twice with one model adds to the same totals', async () => {
    const registry = new Registry();
    for (let i = 0; i < 2; i += 1) businessMetrics(model, { registry }).revenue.addMinor({ currency: 'eur' }, 10);
    expect((await scrape(registry)).series('shop_revenue_total')).toEqual({ eur: 0.2 });
  });

  it('names every declaration that is wrong', () => {
    const wrong = {
      a: { name: 'a', kind: 'counter', unit: 'items', help: 'x' },
      b: { name: 'b', kind: 'histogram', unit: 'seconds', help: '', buckets: [2, 1] },
      c: { name: 'c_total', kind: 'counter', unit: 'currency', help: 'x' },
    } as const;
    expect(() => businessMetrics(wrong, { registry: new Registry() })).toThrow(
      'Cannot record this business model: a: "a" must end in _total if and only if it is a counter; b: help is empty; ' +
        'b: buckets must ascend; c: money needs a counter with a label "currency"',
    );
  });
});

describe('moneyTotals()', () => {
  it('is never more than one float away from the total, whatever was added', () => {
    assert(
      property(array(integer({ min: 0, max: 10_000_000 }), { minLength: 1, maxLength: 300 }), (amounts) => {
        const totals = moneyTotals();
        let exposed = 0;
        let minorUnits = 0;
        for (const amount of amounts) {
          exposed += totals.add('series', 'eur', amount);
          minorUnits += amount;
        }
        const total = minorUnits / 100;
        // An addition can miss by half a unit in the last place, on a tie; the next one starts from there and steers back.
        expect(Math.abs(exposed - total)).toBeLessThanOrEqual(total * Number.EPSILON);
      }),
      { numRuns: 2_000 },
    );
  });

  it('does not drift where a sum of floats does', () => {
    const totals = moneyTotals();
    let exposed = 0;
    let naive = 0;
    for (let i = 0; i < 100_000; i += 1) {
      exposed += totals.add('series', 'eur', 10);
      naive += 0.1;
    }
    expect(exposed).toBe(10_000);
    expect(naive).not.toBe(10_000);
  });
});

describe('minorDigits()', () => {
  it.each([
    ['usd', 2],
    ['jpy', 0],
    ['kwd', 3],
  ])('of %s are %i', (currency, digits) => {
    expect(minorDigits(currency)).toBe(digits);
  });
});
