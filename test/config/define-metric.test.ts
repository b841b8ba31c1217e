import { describe, expect, it } from 'vitest';
import { defineMetric } from '../../src/config/define-metric.ts';
import { counter } from '../../src/promql/selector.ts';

describe('defineMetric()', () => {
  it('makes a catalog entry with a title, and watches counters', () => {
    const orders = {
      name: 'orders_placed_total',
      kind: 'counter',
      help: 'Orders.',
      labels: { channel: ['web', 'app'] },
    } as const;
    expect(defineMetric(orders)).toEqual({
      entry: {
        name: 'orders_placed_total',
        kind: 'counter',
        unit: 'items',
        help: 'Orders.',
        labels: { channel: { values: ['web', 'app', 'other'], otherwise: 'other' } },
        exposedBy: 'business',
        otel: null,
      },
      title: 'Orders placed',
      watched: true,
    });
  });

  it('adds gauges up over instances unless told otherwise', () => {
    const { entry, watched } = defineMetric({
      name: 'open_carts',
      kind: 'gauge',
      help: 'Carts.',
      labels: { shop: { cap: 9 } },
    });
    expect({ watched, ...entry }).toMatchObject({
      aggregation: 'sum',
      labels: { shop: { cap: 9, from: 'the application' } },
      watched: false,
    });
  });

  it('keeps the names of labels and their values as types', () => {
    const { entry } = defineMetric({
      name: 'orders_total',
      kind: 'counter',
      help: 'Orders.',
      labels: { channel: ['web', 'app'] },
    });
    const selector = counter(entry, { channel: 'web', service: 'api' });
    // @ts-expect-error: not a declared value
    counter(entry, { channel: 'fax' });
    // @ts-expect-error: not a declared label
    counter(entry, { chanel: 'web' });
    expect(selector.labels).toEqual(['channel', 'job', 'instance', 'service', 'environment']);
  });

  it('adds no value to a closed label', () => {
    const status = { values: ['ok', 'failed'] } as const;
    const { entry } = defineMetric({ name: 'payments_total', kind: 'counter', help: 'P.', labels: { status } });
    // @ts-expect-error: not a declared value
    counter(entry, { status: 'other' });
    expect(entry.labels).toEqual({ status });
  });
});
