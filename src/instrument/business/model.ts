/** The model of a business: its metrics as they are declared for the dashboard, and the checks of what plain JavaScript passes. */
import {
  type DeclaredLabel,
  entryOfDeclaration,
  type LabelDeclaration,
  type LabelsOf,
  type MetricDeclaration,
} from '../../catalog/declared-metric.ts';
import { declarationProblems } from '../../catalog/declared-metric-lint.ts';
import type { LabelSpec } from '../../catalog/labels.ts';
import type { LabelValue, MetricEntry } from '../../catalog/metric.ts';
import { TelltaleError } from '../../errors.ts';

/** Declarations by the key under which their recorder is found. */
export type BusinessModel = Readonly<Record<string, MetricDeclaration>>;

/** The labels that one recording of a metric takes. */
export type BusinessLabels<D extends MetricDeclaration> = {
  readonly [L in DeclaredLabel<D>]: LabelsOf<D>[L] extends LabelSpec ? LabelValue<LabelsOf<D>[L]> : never;
};

/** The leading arguments of a recording: the labels, or nothing for a metric without any. */
export type LabelArguments<D extends MetricDeclaration> = [DeclaredLabel<D>] extends [never]
  ? readonly []
  : readonly [labels: BusinessLabels<D>];

/**
 * The entries of a model, by its keys.
 * @throws TELLTALE_OPTION, naming every declaration that is wrong
 */
export function entriesOf(model: BusinessModel): Readonly<Record<string, MetricEntry>> {
  if (!isObject(model)) refuse(['it must be an object of declarations']);
  const shapes = Object.entries(model).flatMap(([key, declaration]) =>
    shapeProblems(declaration).map((problem) => `${key}: ${problem}`),
  );
  if (shapes.length > 0) refuse(shapes);
  const entries = Object.entries(model).map(([key, declaration]) => [key, entryOfDeclaration(declaration)] as const);
  const problems = declarationProblems(entries.map(([, entry]) => entry));
  const named = problems.flatMap((found, index) => found.map((problem) => `${entries[index]?.[0]}: ${problem}`));
  if (named.length > 0) refuse(named);
  return Object.fromEntries(entries);
}

function refuse(problems: readonly string[]): never {
  throw new TelltaleError('TELLTALE_OPTION', `Cannot record this business model: ${problems.join('; ')}`, {
    fix: 'correct the declarations; src/catalog/business.ts shows one of each kind',
  });
}

const kinds: ReadonlySet<unknown> = new Set(['counter', 'gauge', 'histogram']);
const aggregations: ReadonlySet<unknown> = new Set(['sum', 'max', 'min', undefined]);

/** What the types rule out; the rest is what generator and runtime check alike. */
function shapeProblems(declaration: MetricDeclaration): string[] {
  if (!isObject(declaration)) return ['it must be an object'];
  const { name, kind, help, labels = {}, buckets, aggregation } = declaration;
  const rules: readonly (readonly [boolean, string])[] = [
    [isText(name), 'name must be a text'],
    [kinds.has(kind), 'kind must be "counter", "gauge" or "histogram"'],
    [isText(help), 'help must be a text'],
    [buckets === undefined || isListOf(buckets, (bound) => typeof bound === 'number'), 'buckets must be numbers'],
    [aggregations.has(aggregation), 'aggregation must be "sum", "max" or "min"'],
    [
      isObject(labels) && Object.values(labels).every(isLabel),
      'a label must be a list of values, { values } or { cap }',
    ],
  ];
  return rules.filter(([isMet]) => !isMet).map(([, problem]) => problem);
}

function isLabel(declaration: LabelDeclaration): boolean {
  if (isListOf(declaration, isText)) return true;
  if (!isObject(declaration)) return false;
  const { values, cap } = declaration as { readonly values?: unknown; readonly cap?: unknown };
  return values === undefined ? Number.isInteger(cap) && Number(cap) > 0 : isListOf(values, isText);
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

function isListOf(value: unknown, accepts: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(accepts);
}
