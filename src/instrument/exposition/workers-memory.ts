/** What workers have said before: a sum must not fall because one of them is late or dead. */
import { loadClient } from '../metrics/client.ts';
import type { MetricJson } from './workers-message.ts';

type Metrics = readonly MetricJson[];

interface Parts {
  /** Of the page that shows it all. */
  readonly page: Metrics;
  /** Of the process or thread that has the page. */
  readonly own: Metrics;
  /** By the worker's id. */
  readonly answers: ReadonlyMap<number, Metrics>;
  /** Ids of those that have said their last meanwhile: an answer of theirs is older. */
  readonly handedIn: ReadonlySet<number>;
  readonly alive: readonly number[];
}

export class WorkersMemory {
  /** Name of the one gauge of the page that is added up: workers may have workers of their own. */
  readonly #silentName: string;
  /** By the worker's id. Only what adds up over time. */
  readonly #last = new Map<number, Metrics>();
  /** Of all workers that are no more, as one. */
  #ofTheDead: Metrics = [];

  constructor(silentName: string) {
    this.#silentName = silentName;
  }

  /** What a worker has counted, said as it ends. */
  handIn(id: number, metrics: Metrics): void {
    this.#last.set(id, metrics.filter(isCumulative));
  }

  /** Metrics that a registry can expose: what there is this time, and what is remembered of the rest. */
  aggregate({ page, own, answers, handedIn, alive }: Parts): Metrics {
    for (const [id, metrics] of answers) {
      if (!handedIn.has(id)) this.#last.set(id, metrics.filter(isCumulative));
    }
    const remembered = [...this.#last].filter(([id]) => !answers.has(id)).map(([, metrics]) => metrics);
    const parts = [own, ...answers.values(), ...remembered, this.#ofTheDead];
    this.bury(alive);
    // How many series the page has, it says itself; what was lost to bounds, everybody says.
    const gauges = new Set(page.filter(({ type }) => type === 'gauge').map(({ name }) => name));
    gauges.delete(this.#silentName);
    return aggregate([page, ...parts.map((metrics) => metrics.filter(({ name }) => !gauges.has(name)))]);
  }

  /** Adds up those that are no more: however many there were, they take the room of one. */
  bury(alive: readonly number[]): void {
    const ids = new Set(alive);
    const dead = [...this.#last].filter(([id]) => !ids.has(id));
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
