/** A business metric in the user's words, and the catalog entry that it means. */
import type { MetricEntry, MetricKind, MetricUnit } from '../catalog/metric.ts';
import type { LabelSpec } from '../catalog/labels.ts';
import type { BusinessMetric } from '../model/model.ts';

/**
 * The values a label may take: a list, to which `other` is added for any other value; `{ values }` without `other`,
 * where the types leave no way to pass one; or how many there may be, where they are not known beforehand.
 */
export type LabelDeclaration =
  readonly string[] | { readonly values: readonly string[] } | { readonly cap: number; readonly from?: string };

export interface MetricDeclaration {
  /** Snake case and base units; counters end with `_total`. Prometheus stores it under this name. */
  readonly name: string;
  readonly kind: MetricKind;
  /** @default 'items' */
  readonly unit?: MetricUnit;
  /** One sentence: what is counted or measured. */
  readonly help: string;
  /**
   * Labels and their values; a value that is not listed is recorded as `other`. Series multiply with each label.
   * @default none
   */
  readonly labels?: Readonly<Record<string, LabelDeclaration>>;
  /**
   * Gauges only: how the instances of a service add up. `sum` where each sees a part, `max` or `min` where each sees
   * the whole. @default 'sum'
   */
  readonly aggregation?: 'sum' | 'max' | 'min';
  /** Histograms only: upper bounds, ascending. */
  readonly buckets?: readonly number[];
  /** Title of its panel. @default the name, in words */
  readonly title?: string;
  /** Counters only: BusinessActivityDrop watches it. @default true for counters */
  readonly watched?: boolean;
}

/** The label specification that a declaration means. */
type LabelOf<D extends LabelDeclaration> = D extends readonly string[]
  ? { readonly values: readonly [...D, 'other']; readonly otherwise: 'other' }
  : D extends { readonly values: readonly string[] }
    ? { readonly values: D['values'] }
    : { readonly cap: number; readonly from: string };

type DeclaredLabel<D> = D extends { readonly labels: infer Labels } ? keyof Labels & string : never;
type DeclarationOf<D, L> = D extends { readonly labels: infer Labels }
  ? Extract<Labels[L & keyof Labels], LabelDeclaration>
  : never;

/** The catalog entry that a declaration means, with its name, kind and labels as literal types. */
export type EntryOf<D extends MetricDeclaration> = Omit<MetricEntry, 'name' | 'kind' | 'labels' | 'exposedBy'> & {
  readonly name: D['name'];
  readonly kind: D['kind'];
  readonly exposedBy: 'business';
  readonly labels: { readonly [L in DeclaredLabel<D>]: LabelOf<DeclarationOf<D, L>> };
};

/** A business metric whose entry keeps its literal types: a wrong label does not compile. */
export interface DefinedMetric<D extends MetricDeclaration> extends BusinessMetric {
  readonly entry: EntryOf<D>;
}

/**
 * Declares a business metric: it gets a panel on the business dashboard, a row in the docs and a recorder with typed
 * labels.
 * @example defineMetric({ name: 'orders_total', kind: 'counter', help: 'Orders placed.', labels: { channel: ['web', 'app'] } })
 */
export function defineMetric<const D extends MetricDeclaration>(declaration: D): DefinedMetric<D> {
  return fromDeclaration(declaration) as DefinedMetric<D>;
}

/** The same without literal types, for declarations that come from JSON. */
export function fromDeclaration(declaration: MetricDeclaration): BusinessMetric {
  const { name, kind, unit = 'items', help, labels = {}, buckets, title, watched, aggregation = 'sum' } = declaration;
  const entry: MetricEntry = {
    name,
    kind,
    unit,
    help,
    labels: Object.fromEntries(Object.entries(labels).map(([label, values]) => [label, toLabel(values)])),
    exposedBy: 'business',
    otel: null,
    ...(buckets === undefined ? {} : { buckets }),
    ...(kind === 'gauge' ? { aggregation } : {}),
  };
  return { entry, title: title ?? titleOf(name), watched: watched ?? kind === 'counter' };
}

function toLabel(declaration: LabelDeclaration): LabelSpec {
  if (isList(declaration)) {
    const values = declaration.includes('other') ? declaration : [...declaration, 'other'];
    return { values, otherwise: 'other' };
  }
  if ('values' in declaration) return declaration;
  return { cap: declaration.cap, from: declaration.from ?? 'the application' };
}

/** `Array.isArray` does not narrow readonly arrays. */
function isList(declaration: LabelDeclaration): declaration is readonly string[] {
  return Array.isArray(declaration);
}

/** `orders_placed_total` -> `Orders placed`. */
function titleOf(name: string): string {
  const words = name.replace(/_(?:total|seconds|bytes|ratio)$/, '').replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
