/** What a business metric is declared as: a catalog entry without what only the catalog needs. */
import type { LabelSpec } from '../catalog/labels.ts';
import type { LabelValue, MetricEntry } from '../catalog/metric.ts';
import { TelltaleError } from '../errors.ts';

/** One metric of the business. Entries of the catalog are declarations too. */
export interface BusinessDeclaration extends Pick<MetricEntry, 'name' | 'kind' | 'unit' | 'help'> {
  /** @default none */
  readonly labels?: Readonly<Record<string, LabelSpec>>;
  /** Upper bounds of a histogram, ascending. */
  readonly buckets?: readonly number[];
  /** How a gauge adds up over the instances of a service. @default 'sum' */
  readonly aggregation?: 'sum' | 'max' | 'min';
}

/** Declarations by the key under which their recorder is found. */
export type BusinessModel = Readonly<Record<string, BusinessDeclaration>>;

type OwnLabel<D extends BusinessDeclaration> = D extends { readonly labels: infer L } ? keyof L & string : never;

type ValueOf<D extends BusinessDeclaration, L> = D extends { readonly labels: infer Labels }
  ? Labels[L & keyof Labels] extends LabelSpec
    ? LabelValue<Labels[L & keyof Labels]>
    : never
  : never;

/** The labels that one recording of a metric takes. */
export type BusinessLabels<D extends BusinessDeclaration> = { readonly [L in OwnLabel<D>]: ValueOf<D, L> };

/** The leading arguments of a recording: the labels, or nothing for a metric without any. */
export type LabelArguments<D extends BusinessDeclaration> = [OwnLabel<D>] extends [never]
  ? readonly []
  : readonly [labels: BusinessLabels<D>];

/** The declaration as an entry of the catalog. */
export function entryFrom(declaration: BusinessDeclaration): MetricEntry {
  return {
    ...declaration,
    labels: declaration.labels ?? {},
    exposedBy: 'business',
    otel: null,
    ...(declaration.kind === 'gauge' ? { aggregation: declaration.aggregation ?? 'sum' } : {}),
  };
}

const nameShape = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** @throws TELLTALE_OPTION, naming every declaration that is wrong */
export function checkModel(model: BusinessModel): void {
  const names = new Set<string>();
  const problems = Object.entries(model).flatMap(([key, declaration]) => {
    const repeated = names.has(declaration.name) ? [`the name "${declaration.name}" is declared twice`] : [];
    names.add(declaration.name);
    return [...repeated, ...problemsOf(declaration)].map((problem) => `${key}: ${problem}`);
  });
  if (problems.length === 0) return;
  throw new TelltaleError('TELLTALE_OPTION', `Cannot record this business model: ${problems.join('; ')}`, {
    fix: 'correct the declarations; src/catalog/business.ts shows one of each kind',
  });
}

function problemsOf({ name, kind, unit, help, labels = {}, buckets }: BusinessDeclaration): string[] {
  const rules: readonly (readonly [boolean, string])[] = [
    [nameShape.test(name), `"${name}" is not a metric name`],
    [(kind === 'counter') === name.endsWith('_total'), `"${name}" must end in _total if and only if it is a counter`],
    [help !== '', 'help is empty'],
    [(kind === 'histogram') === (buckets !== undefined), 'a histogram, and nothing else, needs buckets'],
    [isAscending(buckets ?? []), 'buckets must ascend'],
    [Object.keys(labels).every((label) => nameShape.test(label) && label !== 'le'), 'a label has no valid name'],
    [
      unit !== 'currency' || (kind === 'counter' && 'currency' in labels),
      'money needs a counter with a label "currency"',
    ],
  ];
  return rules.filter(([isMet]) => !isMet).map(([, problem]) => problem);
}

function isAscending(bounds: readonly number[]): boolean {
  return bounds.every((bound, index) => index === 0 || bound > (bounds[index - 1] ?? -Infinity));
}
