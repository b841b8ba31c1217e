/** What dashboards written for prom-client's default metrics find, in either client. */
import * as successor from '@prometheus-io/client';
import * as promClient from 'prom-client';
import { describe, expect, it } from 'vitest';
import type { Registry } from '../../src/instrument/metrics/client.ts';
import { runtimeMetrics } from '../../src/instrument/runtime/runtime-metrics.ts';
import { type Exposition, scrape } from '../support/exposition.ts';

type Shapes = Readonly<Record<string, { readonly type: string; readonly labels: readonly string[] }>>;

interface Client {
  readonly name: string;
  readonly newRegistry: () => Registry;
  readonly collectDefaults: (registry: Registry) => void;
  /** Its default metrics that are corrected, and what stands in their place. */
  readonly corrected: Readonly<Record<string, string>>;
}

/** Gauges: `promtool check metrics` rejects their names. The sum over `type` is the same number. */
const misnamed = {
  nodejs_active_handles_total: 'nodejs_active_handles',
  nodejs_active_requests_total: 'nodejs_active_requests',
  nodejs_active_resources_total: 'nodejs_active_resources',
};

/** A timer ten times a second for what can be read when it is asked. */
const sampled = {
  nodejs_eventloop_utilization_summary: 'nodejs_eventloop_utilization_ratio',
  nodejs_eventloop_utilization_histogram: 'nodejs_eventloop_utilization_ratio',
};

const clients: readonly Client[] = [
  {
    name: 'prom-client',
    newRegistry: () => new promClient.Registry(),
    collectDefaults: (register) => promClient.collectDefaultMetrics({ register: register as promClient.Registry }),
    corrected: misnamed,
  },
  {
    name: '@prometheus-io/client',
    newRegistry: () => new successor.Registry(),
    collectDefaults: (register) => successor.collectDefaultMetrics({ register: register as successor.Registry }),
    corrected: { ...misnamed, ...sampled },
  },
];

interface Declared {
  readonly name: string;
  readonly type: string;
  readonly labelNames: readonly string[];
}

/** As declared: a metric that has no series yet has no labels to be seen. */
function shapesIn(registry: Registry): Shapes {
  const metrics = registry.getMetricsAsArray() as unknown as readonly Declared[];
  return Object.fromEntries(
    metrics.map(({ name, type, labelNames }) => [name, { type, labels: labelNames.toSorted() }]),
  );
}

function without(shapes: Shapes, names: readonly string[]): Shapes {
  return Object.fromEntries(Object.entries(shapes).filter(([name]) => !names.includes(name)));
}

/** The label values that a metric has, in the order of the label names. */
function valuesOf({ series }: Exposition, name: string): readonly string[] {
  return Object.keys(series(name)).sort();
}

describe.each(clients)('runtimeMetrics() beside the default metrics of $name', (client) => {
  const { newRegistry, collectDefaults, corrected } = client;

  async function both<T>(read: (registry: Registry) => T | Promise<T>): Promise<readonly [ours: T, theirs: T]> {
    const [ours, theirs] = [newRegistry(), newRegistry()];
    collectDefaults(theirs);
    const runtime = runtimeMetrics({ registry: ours });
    const found = [await read(ours), await read(theirs)] as const;
    runtime.dispose();
    return found;
  }

  it('has all of them with their types and labels, but for those that are corrected', async () => {
    const [ours, theirs] = await both(shapesIn);
    const kept = without(theirs, Object.keys(corrected));
    expect(Object.fromEntries(Object.keys(kept).map((name) => [name, ours[name]]))).toEqual(kept);
  });

  it('has what stands in the place of the corrected ones, and none of their names', async () => {
    const [ours, theirs] = await both(shapesIn);
    const names = Object.keys(corrected);
    expect(names.filter((name) => !(name in theirs) || name in ours)).toEqual([]);
    expect(Object.values(corrected).filter((name) => !(name in ours))).toEqual([]);
  });

  it('adds two metrics, and the count of its own errors', async () => {
    const [ours, theirs] = await both(shapesIn);
    expect(
      Object.keys(ours)
        .filter((name) => !(name in theirs))
        .sort(),
    ).toEqual(['nodejs_eventloop_utilization_ratio', 'nodejs_heap_size_limit_bytes', 'telltale_label_errors_total']);
  });

  it.each(['nodejs_heap_space_size_total_bytes', 'nodejs_version_info'])(
    'spells the series of %s alike',
    async (name) => {
      const [ours, theirs] = await both(scrape);
      expect(valuesOf(ours, name)).not.toEqual([]);
      expect(valuesOf(ours, name)).toEqual(valuesOf(theirs, name));
    },
  );
});
