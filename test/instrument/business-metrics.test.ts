import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { businessMetrics } from '../../src/instrument/business/business-metrics.ts';
import { packOf } from '../../src/generate.ts';
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
    ['more than a number can hold', { currency: 'eur' }, 2 ** 53],
    ['no code', { currency: 'e€r' }, 100],
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

  it('adds to the same totals of a metric that two models have', async () => {
    const registry = new Registry();
    const { signups: _signups, ...other } = model;
    for (let i = 0; i < 10_000; i += 1) {
      businessMetrics(i % 2 === 0 ? model : other, { registry }).revenue.addMinor({ currency: 'eur' }, 10);
    }
    expect((await scrape(registry)).series('shop_revenue_total')).toEqual({ eur: 1_000 });
  });

  it('records money past the cap on currencies as "overflow"', async () => {
    const registry = new Registry();
    const business = businessMetrics(model, { registry });
    for (const currency of ['qaa', 'qab', 'qac', 'qad', 'qae', 'qaf', 'qag'])
      business.revenue.addMinor({ currency }, 1);
    const known = { qaa: 0.01, qab: 0.01, qac: 0.01, qad: 0.01, qae: 0.01 };
    expect((await scrape(registry)).series('shop_revenue_total')).toEqual({ ...known, overflow: 0.02 });
  });

  it('records gauges of money as they are', async () => {
    const registry = new Registry();
    const { carts } = businessMetrics(
      { carts: { name: 'carts_value', kind: 'gauge', unit: 'currency', help: 'Value of open carts.' } },
      { registry },
    );
    carts.set(19.99);
    expect((await scrape(registry)).value('carts_value')).toBe(19.99);
  });

  it.each(clients)('adds up over instances as declared, with %s', async (_, newRegistry, client) => {
    const instances = [newRegistry(), newRegistry(), newRegistry()];
    for (const [index, registry] of instances.entries()) {
      const business = businessMetrics(
        {
          ...model,
          open: { name: 'doors_open', kind: 'gauge', help: 'Doors.' },
          fewest: { name: 'seats_fewest', kind: 'gauge', help: 'Seats.', aggregation: 'min' },
        },
        { registry },
      );
      business.seats.set({ room: 'red' }, 10 + index);
      business.open.set(10 + index);
      business.fewest.set(10 + index);
      business.signups.inc(index);
      business.waiting.observe(index);
      for (let i = 0; i < 1_000; i += 1) business.revenue.addMinor({ currency: 'eur' }, 10);
    }
    const parts = await Promise.all(instances.map((registry) => registry.getMetricsAsJSON() as Promise<object[]>));
    const { value, series } = await scrape(client.AggregatorRegistry.aggregate(parts));
    expect({
      max: series('seats_taken'),
      sum: value('doors_open'),
      min: value('seats_fewest'),
      signups: value('signups_total'),
      waiting: series('waiting_seconds_bucket'),
      revenue: series('shop_revenue_total'),
    }).toEqual({
      max: { red: 12 },
      sum: 33,
      min: 10,
      signups: 3,
      waiting: { 1: 2, 10: 3, '+Inf': 3 },
      revenue: { eur: 300 },
    });
  });

  it('records the declarations of a config, with lists of values as labels', async () => {
    const registry = new Registry();
    const declared = {
      orders: { name: 'orders_total', kind: 'counter', help: 'Orders.', labels: { channel: ['web', 'app'] } },
      carts: { name: 'open_carts', kind: 'gauge', help: 'Carts.', labels: { shop: { cap: 2 } }, title: 'Open carts' },
    } as const;
    const business = businessMetrics(declared, { registry });
    business.orders.inc({ channel: 'app' });
    business.orders.inc({ channel: 'fax' as 'other' });
    business.carts.set({ shop: 'north' }, 3);
    const { series } = await scrape(registry);
    expect(series('orders_total')).toEqual({ web: 0, app: 1, other: 1 });
    expect(series('open_carts')).toEqual({ north: 3 });
    const { model: resolved } = packOf({ business: Object.values(declared) });
    expect(resolved.business.map(({ entry, title }) => [entry.name, title, entry.labels])).toEqual([
      ['orders_total', 'Orders', { channel: { values: ['web', 'app', 'other'], otherwise: 'other' } }],
      ['open_carts', 'Open carts', { shop: { cap: 2, from: 'the application' } }],
    ]);
  });

  it('names every declaration that is wrong', () => {
    const wrong = {
      a: { name: 'a', kind: 'counter', help: 'Things.' },
      b: { name: 'b', kind: 'histogram', unit: 'seconds', help: 'Things.', buckets: [2, 1] },
      c: { name: 'c_total', kind: 'counter', unit: 'currency', help: 'Things.' },
      d: { name: 'http_requests_in_flight', kind: 'gauge', help: 'Things.' },
      e: { name: 'e_total', kind: 'counter', help: 'Things.', labels: { x: { values: ['a'], otherwise: 'b' } } },
      f: { name: 'f_total', kind: 'counter', help: 'Things.', labels: { service: ['a'] } },
      g: { name: 'f_total', kind: 'counter', help: 'Things.' },
    } as const;
    expect(() => businessMetrics(wrong, { registry: new Registry() })).toThrow(
      'Cannot record this business model: a: a must end with _total if and only if it is a counter; ' +
        'b: b needs ascending buckets without +Inf; b: b is in seconds but its name does not end so; ' +
        'c: c_total counts money, and needs a label "currency"; ' +
        'd: http_requests_in_flight is the name of another metric; ' +
        'e: e_total records "x" as a value it does not list; ' +
        'f: f_total has the label "service", which is set by Prometheus; g: f_total is the name of another metric',
    );
  });

  it('names everything of plain JavaScript that is no declaration', () => {
    const wrong = {
      a: 'orders_total',
      b: { name: 7, kind: 'count', help: '', labels: [], buckets: ['1'], aggregation: 'average' },
      c: { name: 'c_total', kind: 'counter', help: 'Things.', labels: { x: [], y: { cap: 0 }, z: null } },
    };
    expect(() => businessMetrics(wrong as never, { registry: new Registry() })).toThrow(
      'Cannot record this business model: a: it must be an object; b: name must be a text; ' +
        'b: kind must be "counter", "gauge" or "histogram"; b: help must be a text; b: buckets must be numbers; ' +
        'b: aggregation must be "sum", "max" or "min"; ' +
        'b: a label must be a list of values, { values } or { cap }; c: a label must be a list of values, { values } or { cap }',
    );
    expect(() => businessMetrics([] as never)).toThrow(
      'Cannot record this business model: it must be an object of declarations',
    );
  });
});
