import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { errorsCatalog } from '../../src/catalog/errors.ts';
import { httpCatalog } from '../../src/catalog/http.ts';
import type { MetricEntry } from '../../src/catalog/metric.ts';
import { metricFactory } from '../../src/instrument/metrics/from-catalog.ts';
import { labelBounds } from '../../src/instrument/metrics/label-bounds.ts';
import { scrape } from '../support/exposition.ts';

const capped: MetricEntry = { ...errorsCatalog.application, labels: { type: { cap: 2, from: 'a test' } } };

function newBounds(): { registry: Registry; bounds: ReturnType<typeof labelBounds> } {
  const registry = new Registry();
  return { registry, bounds: labelBounds(metricFactory({ registry })) };
}

async function errors(registry: Registry): Promise<Record<string, number>> {
  return (await scrape(registry)).series('telltale_label_errors_total');
}

describe('labelBounds()', () => {
  it('keeps values that are declared', async () => {
    const { registry, bounds } = newBounds();
    expect(bounds.bound(httpCatalog.streamsActive, { route: '/events', kind: 'sse' })).toEqual({
      route: '/events',
      kind: 'sse',
    });
    expect(await errors(registry)).toEqual({});
  });

  it('records a value out of a closed list as its otherwise, uncounted', async () => {
    const { registry, bounds } = newBounds();
    expect(bounds.bound(httpCatalog.responseSize, { method: 'BREW', route: '/' })).toEqual({
      method: 'other',
      route: '/',
    });
    expect(await errors(registry)).toEqual({});
  });

  it('refuses and counts a value out of a closed list that has no otherwise', async () => {
    const { registry, bounds } = newBounds();
    expect(bounds.bound(httpCatalog.rejected, { reason: 'mood' })).toBeNull();
    expect(await errors(registry)).toEqual({ http_server_rejected_total: 1 });
  });

  it('refuses and counts a missing value and an object', async () => {
    const { registry, bounds } = newBounds();
    expect(bounds.bound(capped, {})).toBeNull();
    expect(bounds.bound(capped, { type: { toString: () => 'x' } })).toBeNull();
    expect(await errors(registry)).toEqual({ application_errors_total: 2 });
  });

  it('records new values past the cap as "overflow", counted, and goes on knowing the old ones', async () => {
    const { registry, bounds } = newBounds();
    const types = ['A', 'B', 'C', 'A', 'D'].map((type) => bounds.bound(capped, { type }));
    expect(types).toEqual([{ type: 'A' }, { type: 'B' }, { type: 'overflow' }, { type: 'A' }, { type: 'overflow' }]);
    expect(await errors(registry)).toEqual({ application_errors_total: 2 });
  });

  it('drops labels that the metric does not have', () => {
    const { bounds } = newBounds();
    expect(bounds.bound(capped, { type: 'A', user: 'ann' })).toEqual({ type: 'A' });
  });
});
