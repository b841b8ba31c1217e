import { Registry } from 'prom-client';
import { describe, expect, test } from 'vitest';
import { nameableMetrics } from '../../src/catalog/all-metrics.ts';
import { businessCatalog } from '../../src/catalog/business.ts';
import type { Naming } from '../../src/catalog/naming.ts';
import { businessMetrics } from '../../src/instrument/business/business-metrics.ts';
import { httpMetrics } from '../../src/instrument/http/http-metrics.ts';
import { observe } from '../../src/instrument/observe.ts';
import { serviceInfo } from '../../src/instrument/runtime/service-info.ts';
import { scrape } from '../support/exposition.ts';

const known = nameableMetrics.length + Object.keys(businessCatalog).length;
const duration = 'http_request_duration_seconds';

const wrong: readonly (readonly [string, object, string])[] = [
  [
    'a metric that does not exist',
    { http_request_durations_seconds: { name: 'latency' } },
    `at http_request_durations_seconds: the metric to rename must be one of the ${known} known, got "http_request_durations_seconds", did you mean "${duration}"?`,
  ],
  [
    'a metric of somebody else',
    { orders_total: { name: 'purchases_total' } },
    `at orders_total: the metric to rename must be one of the ${known} known, got "orders_total" (metrics of your own are renamed where businessMetrics() is called)`,
  ],
  [
    'a label that the metric does not have',
    { [duration]: { labels: { status: 'code' } } },
    `at ${duration}.labels.status: the label of ${duration} to rename must be one of "method", "route" and "status_code", got "status"`,
  ],
  [
    'a name that Prometheus refuses',
    { [duration]: { name: 'http.duration' } },
    `at ${duration}.name: a metric name must be letters, digits, underscores and colons, and must not start with a digit, got "http.duration"`,
  ],
  [
    'a label name that Prometheus refuses',
    { [duration]: { labels: { route: 'http.route' } } },
    `at ${duration}.labels.route: a label name must be letters, digits and underscores, must not start with a digit or "__", got "http.route"`,
  ],
  [
    'a label name that a histogram sets',
    { [duration]: { labels: { route: 'le' } } },
    `at ${duration}.labels.route: a label name must not be one that Prometheus or a histogram sets, got "le"`,
  ],
  [
    'a name that another metric has',
    { http_request_size_bytes: { name: 'http_response_size_bytes' } },
    'at http_request_size_bytes.name: the name of http_request_size_bytes must not be that of http_response_size_bytes, got "http_response_size_bytes"',
  ],
  [
    'a label name that another label of the metric has',
    { [duration]: { labels: { route: 'method' } } },
    `at ${duration}.labels.route: the label route of ${duration} must not be called as its label method, got "method"`,
  ],
  ['no object', { [duration]: 'latency' }, `at ${duration}: a name must be an object, got "latency"`],
  ['no labels', { [duration]: { labels: ['code'] } }, `at ${duration}.labels: labels must be an object, got an object`],
  [
    'a field that does not exist',
    { [duration]: { label: { route: 'path' } } },
    `at ${duration}.label: a name must be one of "name" and "labels", got "label", did you mean "labels"?`,
  ],
];

describe('naming of the user, refused at start-up', () => {
  test.each(wrong)('%s', (_, naming, problem) => {
    expect(() => httpMetrics({ registry: new Registry(), naming: naming as Naming })).toThrow(
      expect.objectContaining({
        code: 'TELLTALE_OPTION',
        message: `Cannot use httpMetrics(): option "naming" ${problem}`,
        fix: expect.any(String) as string,
      }),
    );
  });

  test('everything that is wrong at once, by every factory', () => {
    const naming = { [duration]: { name: '1', labels: { code: 'c' } } };
    expect(() => observe({ use: () => undefined }, { registry: new Registry(), naming })).toThrow(
      `Cannot use observe(): option "naming" at ${duration}.name: a metric name must be letters, digits, underscores and colons, and must not start with a digit, got "1"; option "naming" at ${duration}.labels.code: the label of ${duration} to rename must be one of "method", "route" and "status_code", got "code"`,
    );
    expect(() => serviceInfo({ registry: new Registry(), naming })).toThrow(
      /^Cannot use serviceInfo\(\): option "naming"/,
    );
  });

  test('nothing where it is sound, also two names that change places', () => {
    const naming: Naming = {
      http_request_size_bytes: { name: 'http_response_size_bytes' },
      http_response_size_bytes: { name: 'http_request_size_bytes' },
    };
    const registry = new Registry();
    httpMetrics({ registry, naming }).dispose();
    expect(registry.getMetricsAsArray()).toEqual([]);
  });
});

describe('businessMetrics() under names of the user', () => {
  const orders = { orders: { name: 'orders_total', kind: 'counter', unit: 'items', help: 'Orders.' } } as const;

  test('knows the metrics of its own model', async () => {
    const registry = new Registry();
    businessMetrics(orders, { registry, naming: { orders_total: { name: 'purchases_total' } } });
    expect((await scrape(registry)).value('purchases_total')).toBe(0);
  });

  test('refuses a metric that is in no model', () => {
    const naming = { order_total: { name: 'purchases_total' } };
    expect(() => businessMetrics(orders, { registry: new Registry(), naming })).toThrow(
      `option "naming" at order_total: the metric to rename must be one of the ${nameableMetrics.length + 1} known, got "order_total", did you mean "orders_total"?`,
    );
  });
});
