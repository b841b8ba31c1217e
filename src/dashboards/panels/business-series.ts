/** Business metrics as boards read them: whatever a user declares becomes numbers, legends and units by its kind. */
import type { MetricEntry, MetricUnit } from '../../catalog/metric.ts';
import type { Duration } from '../../objectives/duration.ts';
import type { Expression } from '../../promql/expression.ts';
import { aggregate, increase, sumBy } from '../../promql/functions.ts';
import { counter, gauge, type Match } from '../../promql/selector.ts';
import type { DisplayUnit } from '../panel.ts';
import { perService, serviceLegend } from './expressions.ts';

export type CounterEntry = MetricEntry & { readonly kind: 'counter' };
export type GaugeEntry = MetricEntry & { readonly kind: 'gauge' };
export type HistogramEntry = MetricEntry & { readonly kind: 'histogram' };

export const isCounter = (entry: MetricEntry): entry is CounterEntry => entry.kind === 'counter';

export interface ByKind<T> {
  readonly counter: (entry: CounterEntry) => T;
  readonly gauge: (entry: GaugeEntry) => T;
  readonly histogram: (entry: HistogramEntry) => T;
}

/** What a metric's kind makes of it. */
export function byKind<T>(entry: MetricEntry, of: ByKind<T>): T {
  if (isCounter(entry)) return of.counter(entry);
  return entry.kind === 'gauge' ? of.gauge({ ...entry, kind: 'gauge' }) : of.histogram({ ...entry, kind: 'histogram' });
}

/** The most series a label may split a graph of one service into. */
const mostLines = 20;

/** The metric's own labels, as far as a graph split by them stays readable. */
export function splitLabels(entry: MetricEntry): string[] {
  let lines = 1;
  return Object.entries(entry.labels)
    .filter(([, spec]) => {
      const values = 'cap' in spec ? spec.cap : spec.values.length;
      if (lines * values > mostLines) return false;
      lines *= values;
      return true;
    })
    .map(([label]) => label);
}

/** Sums of different currencies mean nothing: money is always told apart by them. */
export function currencyOf(entry: MetricEntry): string[] {
  return entry.unit === 'currency' && 'currency' in entry.labels ? ['currency'] : [];
}

/** Legend of a series of one service, split by these labels. */
export function splitLegend(labels: readonly string[]): string {
  return [serviceLegend, ...labels.map((label) => `{{${label}}}`)].join(' ');
}

/** How much a counter grew over a window, by service and these labels; so long ago, where asked. */
export function grown(
  entry: CounterEntry,
  window: Duration,
  options: {
    readonly by?: readonly string[];
    readonly ago?: Duration;
    readonly where?: Record<string, Match | string>;
  } = {},
): Expression {
  const { by = [], ago, where = {} } = options;
  const selector = counter(entry, where);
  const shifted = ago === undefined ? selector : selector.offset(ago);
  return sumBy<string, string>([...perService, ...by], increase(shifted, window));
}

/** A gauge by service and these labels, its instances added up as declared; so long ago, where asked. */
export function level(entry: GaugeEntry, by: readonly string[], ago?: Duration): Expression {
  const selector = gauge(entry);
  const shifted = ago === undefined ? selector : selector.offset(ago);
  return aggregate<string, string>(entry.aggregation ?? 'sum', [...perService, ...by], shifted);
}

const displayUnits = {
  seconds: 'seconds',
  bytes: 'bytes',
  ratio: 'ratio',
  items: 'amount',
  state: 'state',
  info: 'amount',
  timestamp: 'age',
  currency: 'amount',
} as const satisfies Readonly<Record<MetricUnit, DisplayUnit>>;

export function displayUnitOf(entry: MetricEntry): DisplayUnit {
  return displayUnits[entry.unit];
}

/** A panel key of a metric. */
export function metricKey(prefix: string, entry: MetricEntry): string {
  return `${prefix}-${entry.name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
}

/** A help text as the sentence of a description. */
export function sentence(text: string): string {
  return text.endsWith('.') ? text : `${text}.`;
}
