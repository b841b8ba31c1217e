/** What workers have said before: a sum must not fall because one of them is late or dead. */
import { loadClient } from './client.ts';
import type { MetricJson } from './exposition-cluster-message.ts';

type Metrics = readonly MetricJson[];

interface Parts {
  /** Of the page that shows it all. */
  readonly page: Metrics;
  /** Of the primary. */
  readonly own: Metrics;
  /** By the worker's id. */
  readonly answers: ReadonlyMap<number, Metrics>;
  readonly alive: ReadonlySet<number>;
}

export class ClusterMemory {
  /** By the worker's id. Only what adds up over time. */
  readonly #last = new Map<number, Metrics>();
  /** Of all workers that are no more, as one. */
  #ofTheDead: Metrics = [];

  /** Metrics that a registry can expose: what there is this time, and what is remembered of the rest. */
  aggregate({ page, own, answers, alive }: Parts): Metrics {
    for (const [id, metrics] of answers) this.#last.set(id, metrics.filter(isCumulative));
    const remembered = [...this.#last].filter(([id]) => !answers.has(id)).map(([, metrics]) => metrics);
    const processes = [own, ...answers.values(), ...remembered, this.#ofTheDead];
    this.#bury([...this.#last].filter(([id]) => !alive.has(id)));
    // How many series the page has, it says itself; what was lost to bounds, everybody says.
    const gauges = new Set(page.filter(({ type }) => type === 'gauge').map(({ name }) => name));
    return aggregate([page, ...processes.map((metrics) => metrics.filter(({ name }) => !gauges.has(name)))]);
  }

  #bury(dead: readonly (readonly [number, Metrics])[]): void {
    if (dead.length === 0) return;
    for (const [id] of dead) this.#last.delete(id);
    this.#ofTheDead = aggregate([this.#ofTheDead, ...dead.map(([, metrics]) => metrics)]);
  }
}

function aggregate(parts: readonly Metrics[]): Metrics {
  const withDefault = parts.map((metrics) =>
    metrics.map((metric) => ({ ...metric, aggregator: metric.aggregator ?? 'sum' })),
  );
  return loadClient().AggregatorRegistry.aggregate(withDefault).getMetricsAsArray() as Metrics;
}

/** A gauge says how things are; what a worker that is silent said of them says nothing. */
function isCumulative({ type, aggregator = 'sum' }: MetricJson): boolean {
  return aggregator === 'sum' && (type === 'counter' || type === 'histogram');
}
