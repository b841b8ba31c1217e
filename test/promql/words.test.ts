import { describe, expect, it } from 'vitest';
import { databaseCatalog } from '../../src/catalog/database.ts';
import { identityLabels } from '../../src/catalog/exposers.ts';
import { httpCatalog } from '../../src/catalog/http.ts';
import { nodeExporterCatalog } from '../../src/catalog/node-exporter.ts';
import { nodejsCatalog } from '../../src/catalog/nodejs.ts';
import { recordedCatalog } from '../../src/catalog/recorded.ts';
import { rateInterval } from '../../src/objectives/duration.ts';
import { labels, promql } from '../../src/promql/expression.ts';
import { complement, maxBy, overTime, quantile, rate, ratio, sumBy, topk } from '../../src/promql/functions.ts';
import type { RenderContext } from '../../src/promql/render-context.ts';
import { bucketAt, count, gauge, matching, not } from '../../src/promql/selector.ts';

const rule: RenderContext = {
  naming: 'prometheus',
  identity: { service: 'service', environment: 'environment' },
  scope: 'rule',
};
const panel: RenderContext = { ...rule, scope: 'panel' };
const failed = count(httpCatalog.duration, { status_code: matching('5..') });
const all = count(httpCatalog.duration);

describe('promql words', () => {
  it('render a ratio of aggregated rates', () => {
    const errors = ratio(sumBy(identityLabels, rate(failed, '5m')), sumBy(identityLabels, rate(all, '5m')));
    expect(errors.render(rule)).toBe(
      'sum by (environment, service) (rate(http_request_duration_seconds_count{status_code=~"5.."}[5m])) / sum by (environment, service) (rate(http_request_duration_seconds_count[5m]))',
    );
  });

  it('match the dashboard variables in a panel', () => {
    expect(rate(all, rateInterval).render(panel)).toBe(
      'rate(http_request_duration_seconds_count{environment=~"$environment",service=~"$service",job=~"$job",instance=~"$instance"}[$__rate_interval])',
    );
  });

  it('leave the service variable out of panels on hosts', () => {
    expect(gauge(nodeExporterCatalog.memoryTotal).render(panel)).toBe(
      'node_memory_MemTotal_bytes{environment=~"$environment",job=~"$job",instance=~"$instance"}',
    );
  });

  it('leave a choice of the selector to no variable, but narrow what it only leaves out', () => {
    expect(gauge(nodejsCatalog.startTime, { job: not('node'), service: 'api' }).render(panel)).toBe(
      'process_start_time_seconds{environment=~"$environment",job=~"$job",instance=~"$instance",job!="node",service="api"}',
    );
  });

  it('match only the identity pair on recorded series', () => {
    expect(gauge(recordedCatalog.requestRate).offset('1w').render(panel)).toBe(
      'service:http_requests:rate5m{environment=~"$environment",service=~"$service"} offset 1w',
    );
  });

  it('use the names of OpenTelemetry throughout under naming "otel"', () => {
    const p95 = quantile(0.95, httpCatalog.duration, { by: ['route'], window: '5m', matchers: { method: 'GET' } });
    expect(p95.render({ ...rule, naming: 'otel' })).toBe(
      'histogram_quantile(0.95, sum by (http_route, le) (rate(http_server_request_duration_seconds_bucket{http_request_method="GET"}[5m])))',
    );
  });

  it('spell values as the naming does, also as alternatives of a regular expression', () => {
    const context: RenderContext = { ...rule, naming: 'promster' };
    const [get, reads, others] = ['GET' as const, matching('GET|HEAD'), not('other')].map((method) =>
      count(httpCatalog.duration, { method, route: '/GET' }).render(context),
    );
    expect(get).toBe('http_request_duration_seconds_count{method="get",path="/GET"}');
    expect(reads).toBe('http_request_duration_seconds_count{method=~"get|head",path="/GET"}');
    expect(others).toBe('http_request_duration_seconds_count{method!="other",path="/GET"}');
    expect(count(httpCatalog.duration, { method: 'other' }).render({ ...rule, naming: 'otel' })).toBe(
      'http_server_request_duration_seconds_count{http_request_method="_OTHER"}',
    );
  });

  it('use the identity labels of the user', () => {
    const context: RenderContext = { ...rule, identity: { service: 'app', environment: 'env' } };
    expect(maxBy(identityLabels, gauge(nodejsCatalog.heapUsed, { service: 'api' })).render(context)).toBe(
      'max by (env, app) (nodejs_heap_size_used_bytes{app="api"})',
    );
  });

  it('put operands of a template in parentheses where they need them', () => {
    const share = complement(
      ratio(sumBy(['pool'], gauge(databaseCatalog.poolMax)), sumBy(['pool'], gauge(databaseCatalog.poolMax))),
    );
    const text = promql`${share} > ${0.8} and on (${labels(['pool'])}) ${topk(3, gauge(databaseCatalog.poolWaiting))}`;
    expect(text.render(rule)).toBe(
      '(1 - (sum by (pool) (db_pool_connections_max) / sum by (pool) (db_pool_connections_max))) > 0.8 and on (pool) topk(3, db_pool_waiting_requests)',
    );
  });

  it('match a whole bound in both of its written forms', () => {
    expect(bucketAt(httpCatalog.duration, 1).render(rule)).toBe(
      'http_request_duration_seconds_bucket{le=~"1(\\\\.0)?"}',
    );
    expect(bucketAt(httpCatalog.duration, 0.5).render(rule)).toBe('http_request_duration_seconds_bucket{le="0.5"}');
  });

  it('put the offset behind the window', () => {
    expect(overTime('max', gauge(nodejsCatalog.heapUsed).offset('1d'), '1h').render(rule)).toBe(
      'max_over_time(nodejs_heap_size_used_bytes[1h] offset 1d)',
    );
  });
});
