/** A business metric as boards and alerts see it: its catalog entry, a title, and whether it is watched. */
import { entryOfDeclaration, type EntryOf, type MetricDeclaration } from '../catalog/declared-metric.ts';
import type { BusinessMetric } from '../model/model.ts';

/** A business metric whose entry keeps its literal types: a wrong label does not compile. */
export interface DefinedMetric<D extends MetricDeclaration> extends BusinessMetric {
  readonly entry: EntryOf<D>;
}

/**
 * Declares a business metric: it gets a panel on the business dashboard, a row in the docs and a recorder with typed
 * labels. A service takes the same declaration, as a plain object: `businessMetrics({ orders })`.
 * @example defineMetric({ name: 'orders_total', kind: 'counter', help: 'Orders placed.', labels: { channel: ['web', 'app'] } })
 */
export function defineMetric<const D extends MetricDeclaration>(declaration: D): DefinedMetric<D> {
  return fromDeclaration(declaration) as DefinedMetric<D>;
}

/** The same without literal types, for declarations that come from JSON. */
export function fromDeclaration(declaration: MetricDeclaration): BusinessMetric {
  const { name, kind, title, watched } = declaration;
  return {
    entry: entryOfDeclaration(declaration),
    title: title ?? titleOf(name),
    watched: watched ?? kind === 'counter',
  };
}

/** `orders_placed_total` -> `Orders placed`. */
function titleOf(name: string): string {
  const words = name.replace(/_(?:total|seconds|bytes|ratio)$/, '').replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
