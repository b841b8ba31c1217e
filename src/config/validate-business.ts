/** Business metrics: their shape here, their names and units by the lint of the catalog. */
import type { MetricDeclaration } from '../catalog/declared-metric.ts';
import { declarationProblems } from '../catalog/declared-metric-lint.ts';
import type { MetricEntry, MetricUnit } from '../catalog/metric.ts';
import type { BusinessMetric } from '../model/model.ts';
import { each, fields, flag, isRecord, list, number, oneOf, record, rule, type Check } from './checks.ts';
import { itemsOf } from './cross-checks.ts';
import { fromDeclaration } from './define-metric.ts';
import { problem } from './problem.ts';
import { labelName, metricName, nonEmptyText } from './value-checks.ts';

const units: readonly MetricUnit[] = ['seconds', 'bytes', 'ratio', 'items', 'state', 'info', 'timestamp', 'currency'];

const cap = fields('a capped label', { cap: number('a cap must be 1 or more', { min: 1 }), from: nonEmptyText }, [
  'cap',
]);
const values = list('label values', nonEmptyText, 1);
const closed = fields('a closed label', { values, otherwise: nonEmptyText }, ['values']);

const declaredLabel: Check = (value, path) => {
  if (Array.isArray(value)) return values(value, path);
  return (isRecord(value) && 'values' in value ? closed : cap)(value, path);
};

const common = {
  name: metricName,
  kind: oneOf('the kind of a metric', ['counter', 'gauge', 'histogram']),
  unit: oneOf('the unit of a metric', units),
  help: nonEmptyText,
  aggregation: oneOf('the aggregation of a gauge', ['sum', 'max', 'min']),
  buckets: list('bucket bounds', number('a bucket bound must be a number', {}), 1),
};
const shown = { title: nonEmptyText, watched: flag };
const required = ['name', 'kind', 'help'];

const declaration = fields(
  'a business metric',
  { ...common, ...shown, labels: record('labels', labelName, declaredLabel) },
  required,
);

const entry = fields(
  'a catalog entry',
  {
    ...common,
    labels: record('labels', labelName, rule('a label specification must be an object', isRecord)),
    exposedBy: oneOf('the exposer of a business metric', ['business']),
    otel: rule('the OpenTelemetry name of a business metric must be null', (value) => value === null),
  },
  [...required, 'labels', 'exposedBy', 'unit'],
);
const defined = fields('a business metric', { ...shown, entry }, ['entry', 'title', 'watched']);

const metric: Check = (value, path) => (isDefined(value) ? defined : declaration)(value, path);

export const validateBusiness: Check = (value, path) => {
  const problems = each(list('business metrics', metric), watchedAreCounters)(value, path);
  return problems.length > 0 ? problems : lint(value as readonly (BusinessMetric | MetricDeclaration)[], path);
};

/** Entries of the metrics that can be read, for checks elsewhere. */
export function businessEntries(value: unknown): readonly MetricEntry[] {
  const readable = itemsOf(value).filter((item) => metric(item, '').length === 0);
  return (readable as unknown as readonly (BusinessMetric | MetricDeclaration)[]).map(entryOf);
}

const watchedAreCounters: Check = (value, path) =>
  itemsOf(value).flatMap((item, index) => {
    const kind = isDefined(item) && isRecord(item['entry']) ? item['entry']['kind'] : item['kind'];
    if (item['watched'] !== true || kind === 'counter') return [];
    return [problem('a watched metric must be a counter', { path: `${path}[${index}].watched`, value: true })];
  });

function lint(metrics: readonly (BusinessMetric | MetricDeclaration)[], path: string): ReturnType<Check> {
  const entries = metrics.map(entryOf);
  return declarationProblems(entries).flatMap((problems, index) =>
    problems.map((sentence) =>
      problem(`a metric, since ${sentence}`, { path: `${path}[${index}]`, value: entries[index]?.name }),
    ),
  );
}

function entryOf(metric: BusinessMetric | MetricDeclaration): MetricEntry {
  return 'entry' in metric ? metric.entry : fromDeclaration(metric).entry;
}

function isDefined(value: unknown): boolean {
  return isRecord(value) && 'entry' in value;
}
