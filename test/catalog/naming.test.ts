import { describe, expect, it } from 'vitest';
import { allMetrics, nameableMetrics } from '../../src/catalog/all-metrics.ts';
import { lintCatalog } from '../../src/catalog/catalog-lint.ts';
import { httpCatalog } from '../../src/catalog/http.ts';
import { exposedAs, type Naming, recordedAs } from '../../src/catalog/naming.ts';
import { namingProblems } from '../../src/catalog/naming-problems.ts';
import { allPresets } from '../../src/catalog/presets/all-presets.ts';
import type { NamingPreset } from '../../src/catalog/presets/preset.ts';

describe.each<readonly [string, NamingPreset]>(allPresets.map((preset) => [preset.id, preset]))(
  'preset %s',
  (id, preset) => {
    it('gives every metric a name and labels that Prometheus takes, and no two the same', () => {
      const names = Object.entries(preset.metrics).map(([metric, { name, labels }]) => [
        metric,
        { ...(name && { name }), ...(labels && { labels }) },
      ]);
      const own = preset.series.map(({ entry }) => entry);
      // Labels that only the library has are labels of the metric as it is recorded.
      const metrics = nameableMetrics.map((entry) => recordedAs(entry, id as Naming));
      expect(namingProblems(Object.fromEntries(names) as object as never, [...metrics, ...own])).toEqual([]);
    });

    it('spells only values that the metric has', () => {
      const spelled = Object.entries(preset.metrics).flatMap(([metric, { values = {} }]) => {
        const entry = allMetrics.find(({ name }) => name === metric);
        return Object.entries(values).flatMap(([label, spelling]) =>
          Object.keys(spelling).filter((value) => entry?.labels[label]?.values?.includes(value) !== true),
        );
      });
      expect(spelled).toEqual([]);
    });

    it('has series of its own that are sound but for the names the library chose', () => {
      const allowed = /app_version is in info but its name does not end so/;
      expect(lintCatalog(preset.series.map(({ entry }) => entry)).filter((each) => !allowed.test(each))).toEqual([]);
    });
  },
);

describe('recordedAs()', () => {
  it('keeps the very entry where a naming adds nothing', () => {
    const namings: Naming[] = ['prometheus', 'otel', { http_request_duration_seconds: { name: 'latency' } }];
    for (const naming of namings) expect(recordedAs(httpCatalog.duration, naming)).toBe(httpCatalog.duration);
    expect(recordedAs(httpCatalog.inFlight, 'promster')).toBe(httpCatalog.inFlight);
  });

  it.each([
    [
      'express-prom-bundle',
      [0.003, 0.005, 0.01, 0.025, 0.03, 0.05, 0.075, 0.1, 0.2, 0.25, 0.3, 0.5, 0.75, 1, 1.5, 2.5, 5, 7.5, 10],
    ],
    [
      'prometheus-api-metrics',
      [0.001, 0.005, 0.01, 0.015, 0.025, 0.05, 0.075, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
    ],
    ['promster', [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.2, 0.25, 0.3, 0.5, 0.75, 0.8, 1, 1.5, 2, 2.5, 3, 5, 7.5, 10]],
  ] as const)('puts the bounds of %s beside those of objectives, in order', (naming, bounds) => {
    expect(recordedAs(httpCatalog.duration, naming).buckets).toEqual(bounds);
  });
});

describe('exposedAs()', () => {
  it('says what Prometheus stores: name, labels and closed values', () => {
    const { name, labels } = exposedAs(httpCatalog.responseSize, 'promster');
    expect({ name, labels: Object.keys(labels), methods: labels['method']?.values?.slice(0, 3) }).toEqual({
      name: 'http_response_content_length_bytes',
      labels: ['method', 'path', 'status_code'],
      methods: ['get', 'head', 'post'],
    });
  });

  it("calls a method that is unknown as OpenTelemetry's conventions ask", () => {
    expect(exposedAs(httpCatalog.duration, 'otel').labels['http_request_method']?.values?.at(-1)).toBe('_OTHER');
  });
});
