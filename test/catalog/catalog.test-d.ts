import { describe, expectTypeOf, it } from 'vitest';
import { httpCatalog } from '../../src/catalog/http.ts';
import { databaseCatalog } from '../../src/catalog/database.ts';
import type { LabelSet } from '../../src/catalog/metric.ts';
import { nodejsCatalog } from '../../src/catalog/nodejs.ts';
import { recordedCatalog } from '../../src/catalog/recorded.ts';
import { metricFactory } from '../../src/instrument/metrics/from-catalog.ts';
import { increase, quantile, rate, ratio, sumBy } from '../../src/promql/functions.ts';
import { buckets, count, counter, gauge } from '../../src/promql/selector.ts';

describe('a wrong name does not compile', () => {
  it('of a metric', () => {
    // @ts-expect-error the catalog has no such metric
    void httpCatalog.latency;
  });

  it('of a label in a matcher', () => {
    // @ts-expect-error the pool has no route
    gauge(databaseCatalog.poolMax, { route: '/x' });
    gauge(databaseCatalog.poolMax, { pool: 'main', service: 'api' });
  });

  it('of a value of a closed label', () => {
    // @ts-expect-error a connection is used or idle
    gauge(databaseCatalog.poolConnections, { state: 'busy' });
    gauge(databaseCatalog.poolConnections, { state: 'used' });
  });

  it('of a label in a grouping', () => {
    // @ts-expect-error requests have no pool
    sumBy(['pool'], rate(count(httpCatalog.duration), '5m'));
    sumBy(['route', 'service'], rate(count(httpCatalog.duration), '5m'));
  });

  it('of a target label on a recorded series', () => {
    // @ts-expect-error recorded series have no instance
    gauge(recordedCatalog.requestRate, { instance: 'a' });
  });

  it('of a label in a quantile', () => {
    // @ts-expect-error requests have no pool
    quantile(0.95, httpCatalog.duration, { by: ['pool'], window: '5m' });
  });

  it('of a label that an aggregation dropped', () => {
    const byRoute = sumBy(['route'], rate(count(httpCatalog.duration), '5m'));
    // @ts-expect-error only the route is left
    sumBy(['service'], byRoute);
  });
});

describe('a wrong use does not compile', () => {
  it('a rate of a gauge', () => {
    // @ts-expect-error the heap is a gauge
    rate(gauge(nodejsCatalog.heapUsed), '5m');
    // @ts-expect-error the heap is a gauge
    increase(gauge(nodejsCatalog.heapUsed), '5m');
  });

  it('a gauge where a counter is declared', () => {
    // @ts-expect-error the heap is a gauge
    counter(nodejsCatalog.heapUsed);
    // @ts-expect-error a counter has no buckets
    buckets(httpCatalog.aborted);
  });

  it('a window that is not a duration', () => {
    // @ts-expect-error 5 what?
    rate(counter(httpCatalog.aborted), '5');
  });

  it('a ratio of different label sets', () => {
    const byRoute = sumBy(['route'], rate(count(httpCatalog.duration), '5m'));
    const byMethod = sumBy(['method'], rate(count(httpCatalog.duration), '5m'));
    // @ts-expect-error route over method matches nothing
    ratio(byRoute, byMethod);
  });
});

describe('recorders take the labels of the catalog', () => {
  it('all of them, with declared values only', () => {
    expectTypeOf<LabelSet<typeof databaseCatalog.poolConnections>>().toEqualTypeOf<{
      readonly pool: string;
      readonly state: 'used' | 'idle';
    }>();
    const metrics = metricFactory();
    // @ts-expect-error the reason is missing
    metrics.counter(httpCatalog.rejected).inc({});
    // @ts-expect-error there is no such reason
    metrics.counter(httpCatalog.rejected).inc({ reason: 'tired' });
    // @ts-expect-error a histogram is not a counter
    metrics.counter(httpCatalog.duration);
  });
});
