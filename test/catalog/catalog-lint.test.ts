import { describe, expect, it } from 'vitest';
import { allMetrics } from '../../src/catalog/all-metrics.ts';
import { lintCatalog } from '../../src/catalog/catalog-lint.ts';
import { durationSeconds } from '../../src/catalog/buckets.ts';
import { healthCatalog } from '../../src/catalog/health.ts';
import { httpCatalog } from '../../src/catalog/http.ts';
import type { MetricEntry } from '../../src/catalog/metric.ts';
import { nodeExporterCatalog } from '../../src/catalog/node-exporter.ts';
import { recordedCatalog } from '../../src/catalog/recorded.ts';
import { defaultAlertKnobs } from '../../src/objectives/alert-knobs.ts';
import { recordedWindows } from '../../src/objectives/burn-windows.ts';
import { defaultSlos } from '../../src/objectives/slos.ts';

const aborted: MetricEntry = httpCatalog.aborted;

describe('lintCatalog()', () => {
  it('finds nothing in the catalog', () => {
    expect(lintCatalog(allMetrics)).toEqual([]);
  });

  it.each<[string, MetricEntry, string]>([
    [
      'a counter without _total',
      { ...aborted, name: 'aborts' },
      'aborts must end with _total if and only if it is a counter',
    ],
    [
      'a gauge with _total',
      { ...healthCatalog.status, name: 'checks_total' },
      'checks_total must end with _total if and only if it is a counter',
    ],
    ['a derived unit', { ...aborted, name: 'wait_ms_total' }, 'wait_ms_total is not in a base unit'],
    [
      'a name without its unit',
      { ...httpCatalog.duration, name: 'http_latency' },
      'http_latency is in seconds but its name does not end so',
    ],
    [
      'a help text that is no sentence',
      { ...aborted, help: 'aborts' },
      'http_requests_aborted_total needs a help text of one sentence',
    ],
    [
      'descending buckets',
      { ...httpCatalog.duration, buckets: [1, 0.5] },
      'http_request_duration_seconds needs ascending buckets without +Inf',
    ],
    [
      'a histogram without buckets',
      withoutBuckets(httpCatalog.duration),
      'http_request_duration_seconds must have buckets if and only if it is a histogram',
    ],
    [
      'a reserved label',
      { ...aborted, labels: { le: { values: ['1'] } } },
      'http_requests_aborted_total has the label "le", which is reserved',
    ],
    [
      'a label of the target',
      { ...aborted, labels: { service: { values: ['a'] } } },
      'http_requests_aborted_total has the label "service", which is set by Prometheus',
    ],
    [
      'a suffix of histograms',
      { ...healthCatalog.status, name: 'check_count' },
      'check_count ends with a suffix that histograms use',
    ],
    [
      'an exporter metric without versions',
      withoutVersions(nodeExporterCatalog.load1),
      'node_load1 must say which exporter versions expose it, as ">=1.5"',
    ],
    [
      'a record without a level',
      { ...recordedCatalog.requestRate, name: 'requests' },
      'requests needs a name of the form level:metric:operations',
    ],
    [
      'an OpenTelemetry label that is not declared',
      { ...aborted, otel: { name: 'aborted', labels: { kind: 'x' } } },
      'http_requests_aborted_total has the label "kind", which is renamed for OpenTelemetry but not declared',
    ],
  ])('finds %s', (_title, entry, problem) => {
    expect(lintCatalog([entry])).toContain(problem);
  });

  it('finds a name that is declared twice', () => {
    expect(lintCatalog([aborted, aborted])).toContain('http_requests_aborted_total is declared twice');
  });
});

describe('the catalog and the objectives', () => {
  it('have every latency threshold as a bucket bound', () => {
    const thresholds = defaultSlos.flatMap((slo) => (slo.kind === 'latency' ? [slo.thresholdSeconds] : []));
    const bounds: readonly number[] = durationSeconds;
    expect(
      [...thresholds, defaultAlertKnobs.HighResponseTime.threshold].filter((bound) => !bounds.includes(bound)),
    ).toEqual([]);
  });

  it('have one recorded error ratio for each recorded window', () => {
    const names = Object.values(recordedCatalog)
      .map(({ name }) => name)
      .filter((name) => name.startsWith('slo:error_ratio'));
    expect(names).toEqual(recordedWindows.map((window) => `slo:error_ratio:rate${window}`));
  });
});

function withoutBuckets({ buckets: _buckets, ...entry }: MetricEntry): MetricEntry {
  return entry;
}

function withoutVersions({ versions: _versions, ...entry }: MetricEntry): MetricEntry {
  return entry;
}
