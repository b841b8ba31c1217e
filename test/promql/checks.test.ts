import { describe, expect, it } from 'vitest';
import { allMetrics } from '../../src/catalog/all-metrics.ts';
import { checkExpression, knownSeries } from '../../src/promql/catalog-check.ts';
import { outputLabels } from '../../src/promql/output-labels.ts';

const known = knownSeries(allMetrics, {
  naming: 'prometheus',
  identity: { service: 'service', environment: 'environment' },
  scope: 'rule',
});
const labelsOf = (metric: string): readonly string[] => known.get(metric)?.labels ?? [];

describe('checkExpression()', () => {
  it.each([
    ['sum by (route) (rate(http_request_duration_seconds_count[$__rate_interval]))', []],
    ['sum by (route (up)', ['does not parse near "sum by (route (up)"']],
    ['http_requests_total', ['selects "http_requests_total", which is not in the catalog']],
    ['up{pool="a"}', ['matches label "pool", which "up" does not have']],
    ['sum by (pool) (up)', ['groups by label "pool", which none of up has']],
    ['sum(cache_requests_total)', ['uses counter "cache_requests_total" outside rate, irate and increase']],
    ['rate(queue_depth[5m])', ['takes a rate of "queue_depth", which is a gauge']],
    [
      'rate(http_request_duration_seconds_bucket{le="0.3"}[5m])',
      ['matches le="0.3", which is not a bucket bound of "http_request_duration_seconds_bucket"'],
    ],
    ['rate(http_request_duration_seconds_bucket{le=~"1(\\\\.0)?"}[5m])', []],
    ['absent(payments_total{service="api"})', []],
  ])('%s', (expression, problems) => {
    expect(checkExpression(expression, known)).toEqual(problems);
  });
});

describe('outputLabels()', () => {
  it.each([
    ['sum by (route, le) (rate(http_request_duration_seconds_bucket[5m]))', ['route', 'le']],
    ['histogram_quantile(0.9, sum by (route, le) (rate(http_request_duration_seconds_bucket[5m])))', ['route']],
    [
      'sum without (job, instance, method, status_code) (rate(http_request_duration_seconds_count[5m]))',
      ['route', 'service', 'environment'],
    ],
    ['sum(up)', []],
    ['absent(up{service="api",job=~"x"})', ['service']],
    ['sum by (service) (up) * on (service) group_left (version) service_info', ['service', 'version']],
    ['sum by (service) (up) / on (service) max by (service, job) (up)', ['service']],
    ['sum by (service) (up) or max by (job) (up)', ['service', 'job']],
    ['max by (service) (up) > 1 and on (service) queue_depth', ['service']],
    ['topk(3, max by (queue) (queue_depth))', ['queue']],
    ['label_replace(max by (queue) (queue_depth), "what", "$1", "queue", "(.*)")', ['queue', 'what']],
    ['vector(1)', []],
    ['time() - max by (queue) (queue_depth)', ['queue']],
    ['scalar(sum(up)) * max by (queue) (queue_depth)', ['queue']],
  ])('%s', (expression, labels) => {
    expect(outputLabels(expression, labelsOf)).toEqual(labels);
  });
});
