/** Resolves an expression against the catalog: every metric exists, every label exists on it, every use fits its kind. */
import { exposedAs, recordedAs } from '../catalog/naming.ts';
import type { MetricEntry } from '../catalog/metric.ts';
import { analyse, type Analysis, type GroupingUse, type SelectorUse } from './analysis.ts';
import { type RenderContext, renderedLabelsOf } from './render-context.ts';

/** A series name of the catalog (`..._bucket`, `..._count` and `..._sum` of a histogram apart) and what it carries. */
export interface KnownSeries {
  /** As Prometheus stores it. */
  readonly metric: MetricEntry;
  readonly labels: readonly string[];
  /** Whether the series only ever grow: those belong inside `rate` and its kin. */
  readonly counter: boolean;
}

export type KnownSeriesByName = ReadonlyMap<string, KnownSeries>;

const overCounters = new Set([
  'rate',
  'irate',
  'increase',
  'resets',
  'absent',
  'absent_over_time',
  'count_over_time',
  'count',
  'group',
]);

/** Every series name of these metrics, as the context calls them. */
export function knownSeries(metrics: readonly MetricEntry[], context: RenderContext): KnownSeriesByName {
  return new Map(metrics.flatMap((metric) => seriesOf(metric, context)));
}

/** What is wrong with an expression, as sentences; empty when it parses and fits the catalog. */
export function checkExpression(expression: string, known: KnownSeriesByName): string[] {
  const analysis = analyse(expression);
  if (analysis.syntaxErrors.length > 0) return analysis.syntaxErrors.map((near) => `does not parse near "${near}"`);
  return [
    ...analysis.selectors.flatMap((selector) => checkSelector(selector, known)),
    ...analysis.groupings.flatMap((grouping) => checkGrouping(grouping, known, analysis)),
  ];
}

function seriesOf(entry: MetricEntry, context: RenderContext): [string, KnownSeries][] {
  const labels = renderedLabelsOf(recordedAs(entry, context.naming), context);
  const metric = exposedAs(entry, context.naming);
  const { name } = metric;
  if (metric.kind !== 'histogram') return [[name, { metric, labels, counter: metric.kind === 'counter' }]];
  return [
    [`${name}_bucket`, { metric, labels: [...labels, 'le'], counter: true }],
    [`${name}_count`, { metric, labels, counter: true }],
    [`${name}_sum`, { metric, labels, counter: true }],
  ];
}

function checkSelector(selector: SelectorUse, known: KnownSeriesByName): string[] {
  const series = known.get(selector.metric);
  if (series === undefined) return [`selects "${selector.metric}", which is not in the catalog`];
  const wrong = selector.matchers.filter(({ label }) => !series.labels.includes(label));
  const problems = wrong.map(({ label }) => `matches label "${label}", which "${selector.metric}" does not have`);
  return [...problems, ...checkKind(selector, series), ...checkBounds(selector, series)];
}

function checkKind(selector: SelectorUse, series: KnownSeries): string[] {
  const inRate = selector.functions.some((name) => ['rate', 'irate', 'increase'].includes(name));
  if (series.counter && !selector.functions.some((name) => overCounters.has(name))) {
    return [`uses counter "${selector.metric}" outside rate, irate and increase`];
  }
  if (!series.counter && inRate && selector.range !== undefined)
    return [`takes a rate of "${selector.metric}", which is a gauge`];
  return [];
}

function checkBounds(selector: SelectorUse, series: KnownSeries): string[] {
  const bounds = series.metric.buckets;
  if (bounds === undefined) return [];
  return selector.matchers.flatMap(({ label, operator, value }) => {
    if (label !== 'le' || operator === '!=') return [];
    const bound = value.replace('(\\.0)?', '').replace('\\.', '.');
    const known = bound === '+Inf' || bounds.includes(Number(bound));
    return known ? [] : [`matches le="${bound}", which is not a bucket bound of "${selector.metric}"`];
  });
}

function checkGrouping(grouping: GroupingUse, known: KnownSeriesByName, analysis: Analysis): string[] {
  const made = analysis.functions.some((name) => name === 'label_replace' || name === 'label_join');
  if (made) return [];
  const labels = new Set(grouping.metrics.flatMap((metric) => known.get(metric)?.labels ?? []));
  return grouping.labels
    .filter((label) => !labels.has(label))
    .map((label) => `groups by label "${label}", which none of ${grouping.metrics.join(', ')} has`);
}
