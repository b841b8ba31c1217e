/** The Prometheus client that the application uses: prom-client 15, or its successor @prometheus-io/client 0.16. */
import { createRequire } from 'node:module';
import { moduleUrl } from '#module-url';
import { TelltaleError } from '../../errors.ts';

export type Labels = Readonly<Record<string, string | number>>;

/** What is used of a registry, structurally: both clients have it, and two copies of either may be loaded. */
export interface Registry {
  readonly contentType: string;
  metrics(): Promise<string>;
  getMetricsAsJSON(): Promise<unknown[]>;
  getMetricsAsArray(): readonly unknown[];
  registerMetric(metric: unknown): void;
  getSingleMetric(name: string): unknown;
  removeSingleMetric(name: string): void;
}

export interface Counter {
  inc(labels: Labels, value?: number): void;
  reset(): void;
}

export interface Gauge {
  set(labels: Labels, value: number): void;
  inc(labels: Labels, value?: number): void;
  dec(labels: Labels, value?: number): void;
  reset(): void;
  remove(labels: Labels): void;
}

export interface Histogram {
  observe(labels: Labels, value: number): void;
  zero(labels: Labels): void;
  reset(): void;
}

export interface MetricConfiguration {
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly string[];
  readonly registers: readonly Registry[];
  readonly aggregator?: string;
  readonly buckets?: readonly number[];
  readonly collect?: () => void | Promise<void>;
}

export interface Client {
  readonly register: Registry;
  readonly Registry: new () => Registry;
  /** The static part of it: an instance would listen to the cluster. */
  readonly AggregatorRegistry: { aggregate(parts: readonly (readonly object[])[]): Registry };
  readonly Counter: new (configuration: MetricConfiguration) => Counter;
  readonly Gauge: new (configuration: MetricConfiguration) => Gauge;
  readonly Histogram: new (configuration: MetricConfiguration) => Histogram;
}

/** In this order, so that an application in the middle of a move keeps its registry. */
const packages = ['prom-client', '@prometheus-io/client'] as const;

/**
 * The client that resolves from this package, prom-client first.
 * @throws TELLTALE_NO_CLIENT when neither is installed.
 */
export function loadClient(): Client {
  const require = createRequire(moduleUrl);
  const failures: unknown[] = [];
  for (const name of packages) {
    try {
      return require(name) as Client;
    } catch (error) {
      failures.push(error);
    }
  }
  throw new TelltaleError(
    'TELLTALE_NO_CLIENT',
    'Cannot record metrics: neither "prom-client" nor "@prometheus-io/client" can be loaded',
    {
      fix: 'run: npm install prom-client',
      cause: new AggregateError(failures),
    },
  );
}
