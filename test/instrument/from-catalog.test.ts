import { Counter, Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { kitCatalog } from '../../src/catalog/kit.ts';
import { metricFactory } from '../../src/instrument/metrics/from-catalog.ts';
import { CountedCounter } from '../../src/instrument/metrics/counted-counter.ts';
import { scrape } from '../support/exposition.ts';

const { labelErrors } = kitCatalog;
const labels = { metric: 'job_runs_total' };

describe('metricFactory().dispose()', () => {
  it('leaves a metric to those who still record into it, whoever made it', async () => {
    const registry = new Registry();
    const first = metricFactory({ registry });
    const second = metricFactory({ registry });
    first.counter(labelErrors).inc(labels);
    first.counter(labelErrors).inc(labels);
    const counter = second.counter(labelErrors);
    first.dispose();
    first.dispose();
    counter.inc(labels);
    expect((await scrape(registry)).series(labelErrors.name)).toEqual({ job_runs_total: 3 });
    second.dispose();
    expect(registry.getMetricsAsArray()).toEqual([]);
  });

  it('leaves what another has registered under the name since', () => {
    const registry = new Registry();
    const factory = metricFactory({ registry });
    factory.counter(labelErrors);
    registry.clear();
    const foreign = new Counter({ name: labelErrors.name, help: 'foreign', registers: [registry] });
    factory.dispose();
    expect(registry.getSingleMetric(labelErrors.name)).toBe(foreign);
  });

  it('counts a metric again that was made anew after the registry was cleared', async () => {
    const registry = new Registry();
    const factory = metricFactory({ registry });
    factory.counter(labelErrors).inc(labels);
    registry.clear();
    factory.counter(labelErrors).inc(labels);
    expect((await scrape(registry)).series(labelErrors.name)).toEqual({ job_runs_total: 1 });
    factory.dispose();
    expect(registry.getMetricsAsArray()).toEqual([]);
  });
});

describe('metricFactory().counted()', () => {
  it('gives the one metric of a name, and takes it off the registry with its last user', () => {
    const registry = new Registry();
    const [first, second] = [metricFactory({ registry }), metricFactory({ registry })];
    const create = (): CountedCounter => new CountedCounter(labelErrors, 'prometheus');
    const counter = first.counted(labelErrors, create);
    expect(second.counted(labelErrors, create)).toBe(counter);
    first.dispose();
    expect(registry.getSingleMetric(labelErrors.name)).toBe(counter);
    second.dispose();
    expect(registry.getMetricsAsArray()).toEqual([]);
  });

  it("refuses a metric of the client's own, which is recorded into in another way, and the other way round", () => {
    const [registry, other] = [new Registry(), new Registry()];
    const create = (): CountedCounter => new CountedCounter(labelErrors, 'prometheus');
    metricFactory({ registry }).counter(labelErrors);
    metricFactory({ registry: other }).counted(labelErrors, create);
    expect(() => metricFactory({ registry }).counted(labelErrors, create)).toThrow(`"${labelErrors.name}"`);
    expect(() => metricFactory({ registry: other }).counter(labelErrors)).toThrow(`"${labelErrors.name}"`);
  });
});
