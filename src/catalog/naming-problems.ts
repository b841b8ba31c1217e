/** What is wrong with names of a user's own. The runtime and the generator both ask, each in its own words. */
import { targetLabels } from './exposers.ts';
import type { MetricEntry } from './metric.ts';

export interface NamingProblem {
  /** Where it stands, e.g. `['http_request_duration_seconds', 'labels', 'code']`. */
  readonly keys: readonly string[];
  readonly value: unknown;
  /** What the value is not; with `known`, `must be one of them` is left out. */
  readonly rule: string;
  /** What would be right, where that is a closed list. */
  readonly known?: readonly string[];
}

/** Any of these may be missing or of another type: it comes from JavaScript, or from a file. */
type Names = Readonly<Record<string, unknown>>;

const metricShape = /^[A-Za-z_:][\w:]*$/;
export const labelShape = /^(?!__)[A-Za-z_]\w*$/;

/** Every problem of an object of names, in the order in which it is written; empty when it is sound. */
export function namingProblems(names: Names, metrics: readonly MetricEntry[]): readonly NamingProblem[] {
  const byName = new Map(metrics.map((metric) => [metric.name, metric]));
  const entries = Object.entries(names).filter(([, value]) => value !== undefined);
  return [
    ...entries.flatMap(([name, value]) => problemsOf(byName.get(name), name, value, [...byName.keys()])),
    ...taken(names, metrics),
  ];
}

function problemsOf(
  metric: MetricEntry | undefined,
  name: string,
  value: unknown,
  known: readonly string[],
): readonly NamingProblem[] {
  const unknown = metric === undefined ? [{ keys: [name], value: name, rule: 'the metric to rename', known }] : [];
  if (!isNames(value)) return [...unknown, { keys: [name], value, rule: 'a name must be an object' }];
  const strange = Object.keys(value).filter((key) => key !== 'name' && key !== 'labels');
  return [
    ...unknown,
    ...strange.map((key) => ({ keys: [name, key], value: key, rule: 'a name', known: ['name', 'labels'] })),
    ...nameProblems([name, 'name'], value['name']),
    ...(value['labels'] === undefined ? [] : labelsProblems([name, 'labels'], value['labels'], metric)),
  ];
}

function nameProblems(keys: readonly string[], value: unknown): readonly NamingProblem[] {
  if (value === undefined || matches(value, metricShape)) return [];
  const rule = 'a metric name must be letters, digits, underscores and colons, and must not start with a digit';
  return [{ keys, value, rule }];
}

function labelsProblems(
  keys: readonly string[],
  labels: unknown,
  metric: MetricEntry | undefined,
): readonly NamingProblem[] {
  if (!isNames(labels)) return [{ keys, value: labels, rule: 'labels must be an object' }];
  const given = Object.entries(labels).filter(([, name]) => name !== undefined);
  return given.flatMap(([label, name]) => [
    ...labelNameProblems([...keys, label], name),
    ...(metric === undefined ? [] : ownLabelProblems([...keys, label], label, { name, labels, metric })),
  ]);
}

function labelNameProblems(keys: readonly string[], value: unknown): readonly NamingProblem[] {
  if (!matches(value, labelShape)) {
    const rule = 'a label name must be letters, digits and underscores, must not start with a digit or "__"';
    return [{ keys, value, rule }];
  }
  const isTaken = reservedLabels.has(value);
  return isTaken ? [{ keys, value, rule: 'a label name must not be one that Prometheus or a histogram sets' }] : [];
}

/** What Prometheus, or a metric's own kind, sets. */
export const reservedLabels: ReadonlySet<unknown> = new Set([...targetLabels, 'le', 'quantile']);

interface GivenLabel {
  readonly name: unknown;
  readonly labels: Names;
  readonly metric: MetricEntry;
}

/** The label exists, and no other of the metric is called the same. */
function ownLabelProblems(
  keys: readonly string[],
  label: string,
  { name, labels, metric }: GivenLabel,
): readonly NamingProblem[] {
  const known = Object.keys(metric.labels);
  if (!known.includes(label)) return [{ keys, value: label, rule: `the label of ${metric.name} to rename`, known }];
  const twin = known.find((other) => other !== label && (labels[other] ?? other) === name);
  const rule = `the label ${label} of ${metric.name} must not be called as its label ${twin}`;
  return twin === undefined ? [] : [{ keys, value: name, rule }];
}

/** No two metrics end up with one name. */
function taken(names: Names, metrics: readonly MetricEntry[]): readonly NamingProblem[] {
  const called = metrics.map((metric) => nameGiven(names, metric) ?? metric.name);
  return metrics.flatMap((metric, index) => {
    const name = nameGiven(names, metric);
    const other = metrics.find((_, place) => place !== index && called[place] === name);
    if (name === undefined || other === undefined) return [];
    const rule = `the name of ${metric.name} must not be that of ${other.name}`;
    return [{ keys: [metric.name, 'name'], value: name, rule }];
  });
}

function nameGiven(names: Names, { name }: MetricEntry): string | undefined {
  const own = Object.hasOwn(names, name) ? names[name] : undefined;
  const given = isNames(own) ? own['name'] : undefined;
  return typeof given === 'string' ? given : undefined;
}

function isNames(value: unknown): value is Names {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function matches(value: unknown, shape: RegExp): boolean {
  return typeof value === 'string' && shape.test(value);
}
