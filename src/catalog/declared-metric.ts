/** A metric in the user's words, and the catalog entry that it means: the one that boards query and services record. */
import type { LabelSpec } from './labels.ts';
import type { MetricEntry, MetricKind, MetricUnit } from './metric.ts';

/**
 * The values a label may take: a list, to which `other` is added for any other value; `{ values }` without `other`,
 * where the types leave no way to pass one; or how many there may be, where they are not known beforehand.
 */
export type LabelDeclaration =
  | readonly string[]
  | { readonly values: readonly string[]; readonly otherwise?: string }
  | { readonly cap: number; readonly from?: string; readonly values?: never };

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
export type LabelOf<D extends LabelDeclaration> = D extends readonly string[]
  ? { readonly values: readonly [...D, 'other']; readonly otherwise: 'other' }
  : D extends { readonly values: readonly string[] }
    ? { readonly values: D['values'] }
    : { readonly cap: number; readonly from: string };

export type DeclaredLabel<D> = D extends { readonly labels: infer Labels } ? keyof Labels & string : never;

type DeclarationOf<D, L> = D extends { readonly labels: infer Labels }
  ? Extract<Labels[L & keyof Labels], LabelDeclaration>
  : never;

/** The labels of a declaration, each with its values as literal types. */
export type LabelsOf<D> = { readonly [L in DeclaredLabel<D>]: LabelOf<DeclarationOf<D, L>> };

/** The catalog entry that a declaration means, with its name, kind and labels as literal types. */
export type EntryOf<D extends MetricDeclaration> = Omit<MetricEntry, 'name' | 'kind' | 'labels' | 'exposedBy'> & {
  readonly name: D['name'];
  readonly kind: D['kind'];
  readonly exposedBy: 'business';
  readonly labels: LabelsOf<D>;
};

export function entryOfDeclaration(declaration: MetricDeclaration): MetricEntry {
  const { name, kind, unit = 'items', help, labels = {}, buckets, aggregation } = declaration;
  return {
    name,
    kind,
    unit,
    help,
    labels: Object.fromEntries(Object.entries(labels).map(([label, values]) => [label, toLabel(values)])),
    exposedBy: 'business',
    otel: null,
    ...(buckets === undefined ? {} : { buckets }),
    ...(kind === 'gauge' ? { aggregation: aggregation ?? 'sum' } : {}),
  };
}

function toLabel(declaration: LabelDeclaration): LabelSpec {
  if (isList(declaration)) {
    const values = declaration.includes('other') ? declaration : [...declaration, 'other'];
    return { values, otherwise: 'other' };
  }
  if (declaration.values !== undefined) return declaration;
  return { cap: declaration.cap, from: declaration.from ?? 'the application' };
}

/** `Array.isArray` does not narrow readonly arrays. */
function isList(declaration: LabelDeclaration): declaration is readonly string[] {
  return Array.isArray(declaration);
}
