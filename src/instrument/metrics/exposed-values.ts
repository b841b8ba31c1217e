/** What a metric gives to a registry that exposes it, in the shape that both clients pass around. */
import type { Page } from './exposed-page.ts';

export type LabelValues = Readonly<Record<string, string | number | undefined>>;

/** A single request that went into a value, by its labels. */
export interface ExposedExemplar {
  readonly labelSet: LabelValues;
  readonly value: number;
  /** Unix time. Seconds. */
  readonly timestamp?: number;
}

/** One line of the exposition. */
export interface ExposedValue {
  /** Without one, the metric's own name. */
  readonly metricName?: string | undefined;
  readonly labels?: LabelValues;
  /** One object for all values of a label set, so that it is formatted once. */
  readonly sharedLabels?: LabelValues;
  readonly value: number;
  readonly exemplar?: ExposedExemplar | null | undefined;
}

export interface ExposedMetric {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly aggregator?: string;
  readonly values?: readonly ExposedValue[];
}

/** What a registry holds. */
export interface RegisteredMetric {
  readonly name: string;
  readonly get: () => ExposedMetric | Promise<ExposedMetric>;
  /** Cheaper than `get()`, with shared labels. */
  readonly getForPromString?: () => ExposedMetric | Promise<ExposedMetric>;
}

/** On the global registry of symbols: the metric may come from another copy of this package. */
export const writeSeries = Symbol.for('telltale.write-series');

export interface SeriesContext {
  /** Formatted labels, e.g. `env="prod"`, by name. */
  readonly defaultLabels: ReadonlyMap<string, string>;
  readonly withExemplars: boolean;
}

/** A metric that writes its own lines: making values only to have them formatted is most of what a scrape costs. */
export interface SeriesWriter extends RegisteredMetric {
  readonly help: string;
  readonly type: string;
  /** Each line starts with a line feed. Gives how many they are. */
  readonly [writeSeries]: (context: SeriesContext, page: Page) => number;
}
