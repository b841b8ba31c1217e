/** A registry whose page is that of a process or thread and all its workers. */
import { kitCatalog } from '../../catalog/kit.ts';
import { metricName } from '../../catalog/naming.ts';
import { loadClient, type Registry } from '../metrics/client.ts';
import { collectAll, collectMetrics } from './collect.ts';
import { formatOf } from './format.ts';
import { shareCalls } from './share-calls.ts';
import type { RegisteredMetric } from '../metrics/exposed-values.ts';
import { askWorkers, type Workers } from './workers-ask.ts';
import { WorkersMemory } from './workers-memory.ts';
import { isLast, type MetricJson, unpackMetrics } from './workers-message.ts';
import { writeExposition } from './write.ts';
import { metricFactory, type RecorderOptions } from '../metrics/from-catalog.ts';

export interface Aggregated {
  readonly registry: Registry;
  readonly dispose: () => void;
}

export interface AggregatedOptions extends RecorderOptions {
  /** Of the process or thread that has the page. */
  readonly registry: Registry;
  readonly timeoutMillis: number;
}

export function aggregatedRegistry(workers: Workers, options: AggregatedOptions): Aggregated {
  const { registry: own, naming = 'prometheus', timeoutMillis } = options;
  const registry: Registry = new (loadClient().Registry)();
  const factory = metricFactory({ registry, naming });
  const silentWorkers = factory.gauge(kitCatalog.workersSilent);
  const memory = new WorkersMemory(metricName(kitCatalog.workersSilent, naming));
  const ownPage = registry.getMetricsAsJSON.bind(registry);
  const farewells = hearFarewells(workers, memory);
  const collect = async (handedIn: ReadonlySet<number>): Promise<readonly RegisteredMetric[]> => {
    const { answers, silent } = await askWorkers(workers, timeoutMillis);
    silentWorkers.set({}, silent);
    const [page, mine] = (await Promise.all([ownPage(), own.getMetricsAsJSON()])) as [MetricJson[], MetricJson[]];
    const metrics = memory.aggregate({ page, own: mine, answers, handedIn, alive: workers.ids() });
    return metrics as readonly unknown[] as RegisteredMetric[];
  };
  const collectOnce = shareCalls(() => farewells.during(collect));
  Object.assign(registry, {
    [collectAll]: collectOnce,
    metrics: async () =>
      writeExposition(await collectMetrics(registry), formatOf(registry.contentType)).body.toString(),
    getMetricsAsJSON: async () => Promise.all((await collectOnce()).map(async (metric) => metric.get())),
  });
  const dispose = (): void => {
    farewells.stop();
    factory.dispose();
  };
  return { registry, dispose };
}

interface Farewells {
  /** Tells a scrape which workers have said their last since it began: their answers to it are older. */
  readonly during: <T>(scrape: (handedIn: ReadonlySet<number>) => Promise<T>) => Promise<T>;
  readonly stop: () => void;
}

function hearFarewells(workers: Workers, memory: WorkersMemory): Farewells {
  let handedIn: Set<number> | undefined;
  const stop = workers.listen({
    onMessage: (id, message) => {
      if (!isLast(message)) return;
      memory.handIn(id, unpackMetrics(message.metrics));
      handedIn?.add(id);
    },
    // A scrape that is under way may still hold an answer of the dead.
    onGone: () => (handedIn === undefined ? memory.bury(workers.ids()) : undefined),
  });
  const during: Farewells['during'] = (scrape) => {
    handedIn = new Set();
    return scrape(handedIn).finally(() => {
      handedIn = undefined;
    });
  };
  return { during, stop };
}
