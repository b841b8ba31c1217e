/**
 * Checks on entries that recording code, boards and alerts rely on; names of exporters are taken as they are.
 * Source of the naming rules: https://prometheus.io/docs/practices/naming/
 */
import { exposers, targetLabelsOf } from './exposers.ts';
import type { MetricEntry, MetricUnit } from './metric.ts';

type Check = (entry: MetricEntry) => string | undefined;

/** What a name of ours must end with (before `_total`), by unit. */
const unitSuffix: Partial<Record<MetricUnit, RegExp>> = {
  seconds: /_seconds$/,
  bytes: /_bytes$/,
  ratio: /_ratio$/,
  timestamp: /_timestamp_seconds$|_start_time_seconds$/,
  info: /_info$/,
};

const reservedSuffix = /_(?:count|sum|bucket|created)$/;
const recordName = /^[a-z_]+:[a-z0-9_]+:[a-z0-9_]+$/;

const everyEntry: readonly Check[] = [
  ({ help }) => (/^[A-Z0-9].*\.$/.test(help) ? undefined : 'needs a help text of one sentence'),
  ({ labels }) => named(labels, (label) => !/^[a-z][a-z0-9_]*$/.test(label), 'is not in snake case'),
  ({ labels, exposedBy }) =>
    exposedBy === 'rules' ? undefined : named(labels, (label) => label === 'le' || label === 'quantile', 'is reserved'),
  ({ labels, exposedBy }) =>
    exposedBy === 'alerts'
      ? undefined
      : named(labels, (label) => isTargetLabel(label, exposedBy), 'is set by Prometheus'),
  ({ kind, buckets }) =>
    (kind === 'histogram') === (buckets !== undefined)
      ? undefined
      : 'must have buckets if and only if it is a histogram',
  ({ buckets = [] }) => (ascending(buckets) ? undefined : 'needs ascending buckets without +Inf'),
  ({ otel, labels }) =>
    named(otel?.labels ?? {}, (label) => !(label in labels), 'is renamed for OpenTelemetry but not declared'),
  ({ otel }) =>
    otel === null || /^[a-z][a-z0-9_]*$/.test(otel.name)
      ? undefined
      : `has the OpenTelemetry name "${otel.name}", which is not a Prometheus name`,
];

const ownEntry: readonly Check[] = [
  ({ name }) => (/^[a-z][a-z0-9_]*$/.test(name) ? undefined : 'needs a name in snake case'),
  ({ name, kind }) =>
    (kind === 'counter') === name.endsWith('_total')
      ? undefined
      : 'must end with _total if and only if it is a counter',
  ({ name }) => (reservedSuffix.test(name) ? 'ends with a suffix that histograms use' : undefined),
  ({ name, unit }) =>
    unitSuffix[unit]?.test(name.replace(/_total$/, '')) === false
      ? `is in ${unit} but its name does not end so`
      : undefined,
  ({ name }) =>
    /_(?:milliseconds|ms|minutes|kilobytes|kb|mb|percent)(?:_|$)/.test(name) ? 'is not in a base unit' : undefined,
  ({ kind, aggregation }) =>
    (kind === 'gauge') === (aggregation !== undefined)
      ? undefined
      : 'must say how it adds up over instances if and only if it is a gauge',
];

const recordedEntry: readonly Check[] = [
  ({ name }) => (recordName.test(name) ? undefined : 'needs a name of the form level:metric:operations'),
];

const exporterEntry: readonly Check[] = [
  ({ versions }) =>
    /^>=\d+\.\d+$/.test(versions ?? '') ? undefined : 'must say which exporter versions expose it, as ">=1.5"',
];

/** Names that Prometheus and prom-client gave, and that every dashboard in use knows. */
const givenNames: ReadonlySet<string> = new Set([
  'up',
  'process_open_fds',
  'process_max_fds',
  'http_requests_in_flight',
]);

/** Problems of a catalog as sentences that name the metric; empty when it is clean. */
export function lintCatalog(entries: readonly MetricEntry[]): string[] {
  const problems = entries.flatMap((entry) =>
    checksFor(entry).flatMap((check) => {
      const problem = check(entry);
      return problem === undefined ? [] : [`${entry.name} ${problem}`];
    }),
  );
  return [...problems, ...duplicates(entries.map(({ name }) => name))];
}

function checksFor(entry: MetricEntry): readonly Check[] {
  if (givenNames.has(entry.name)) return everyEntry;
  if (entry.exposedBy === 'rules') return [...everyEntry, ...recordedEntry];
  if (entry.exposedBy === 'alerts' || entry.exposedBy === 'scrape') return everyEntry;
  return 'job' in exposers[entry.exposedBy] ? [...everyEntry, ...exporterEntry] : [...everyEntry, ...ownEntry];
}

function named(
  labels: Readonly<Record<string, unknown>>,
  wrong: (label: string) => boolean,
  problem: string,
): string | undefined {
  const found = Object.keys(labels).find(wrong);
  return found === undefined ? undefined : `has the label "${found}", which ${problem}`;
}

function isTargetLabel(label: string, exposer: MetricEntry['exposedBy']): boolean {
  return (targetLabelsOf(exposer) as readonly string[]).includes(label);
}

function ascending(bounds: readonly number[]): boolean {
  return bounds.every((bound, index) => Number.isFinite(bound) && bound > (bounds[index - 1] ?? 0));
}

function duplicates(names: readonly string[]): string[] {
  const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return [...twice].map((name) => `${name} is declared twice`);
}
