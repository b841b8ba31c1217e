/** Selectors: the series of a catalog entry, by labels. A wrong label or a closed label's wrong value does not compile. */
import { exposers, targetLabelsOf, type IdentityLabel, type TargetLabel } from '../catalog/exposers.ts';
import type { LabelValue, MetricEntry, OwnLabel } from '../catalog/metric.ts';
import { labelValue, metricName } from '../catalog/naming.ts';
import type { Duration } from '../objectives/duration.ts';
import { quote } from './escape.ts';
import type { Expression } from './expression.ts';
import { type RenderContext, renderLabel } from './render-context.ts';

/** The labels of a metric's series: its own, and those that Prometheus adds. */
export type SeriesLabel<M extends MetricEntry> =
  OwnLabel<M> | (M['exposedBy'] extends 'rules' | 'alerts' ? IdentityLabel : TargetLabel);

type Operator = '=' | '!=' | '=~' | '!~';

export interface Match {
  readonly operator: Operator;
  readonly value: string;
}

export const not = (value: string): Match => ({ operator: '!=', value });
/** RE2, anchored at both ends by Prometheus. */
export const matching = (value: string): Match => ({ operator: '=~', value });
export const notMatching = (value: string): Match => ({ operator: '!~', value });

/** Matchers by label; a plain string must be equal. */
export type Matchers<M extends MetricEntry> = {
  readonly [L in SeriesLabel<M>]?: Match | (L extends OwnLabel<M> ? LabelValue<M['labels'][L]> : string);
};

/** Series at an instant. `counter` may be given to `rate`, `gauge` may not. */
export interface Selector<L extends string, K extends 'counter' | 'gauge'> extends Expression<L> {
  readonly kind: K;
  /** The selector over a window, as functions like `rate` want it. */
  renderRange(window: string, context: RenderContext): string;
  /** The same series, so long ago. */
  offset(by: Duration): Selector<L, K>;
}

type Counter = MetricEntry & { readonly kind: 'counter' };
type Gauge = MetricEntry & { readonly kind: 'gauge' };
type Histogram = MetricEntry & { readonly kind: 'histogram' };

export function counter<M extends Counter>(metric: M, matchers?: Matchers<M>): Selector<SeriesLabel<M>, 'counter'> {
  return select<SeriesLabel<M>, 'counter'>({ metric, suffix: '', matchers: toMatches(matchers), kind: 'counter' });
}

export function gauge<M extends Gauge>(metric: M, matchers?: Matchers<M>): Selector<SeriesLabel<M>, 'gauge'> {
  return select<SeriesLabel<M>, 'gauge'>({ metric, suffix: '', matchers: toMatches(matchers), kind: 'gauge' });
}

/** The buckets of a histogram, with their label `le`. */
export function buckets<M extends Histogram>(
  metric: M,
  matchers?: Matchers<M>,
): Selector<SeriesLabel<M> | 'le', 'counter'> {
  return select<SeriesLabel<M> | 'le', 'counter'>({
    metric,
    suffix: '_bucket',
    matchers: toMatches(matchers),
    kind: 'counter',
  });
}

/** How many observations a histogram has seen. */
export function count<M extends Histogram>(metric: M, matchers?: Matchers<M>): Selector<SeriesLabel<M>, 'counter'> {
  return select<SeriesLabel<M>, 'counter'>({
    metric,
    suffix: '_count',
    matchers: toMatches(matchers),
    kind: 'counter',
  });
}

/** The sum of the observations of a histogram. */
export function total<M extends Histogram>(metric: M, matchers?: Matchers<M>): Selector<SeriesLabel<M>, 'counter'> {
  return select<SeriesLabel<M>, 'counter'>({ metric, suffix: '_sum', matchers: toMatches(matchers), kind: 'counter' });
}

/**
 * The bucket of one bound. Prometheus 3 writes `le="1"` as `le="1.0"`, so both forms are matched.
 * @param bound must be a bound of the histogram; checked when the expression is analysed.
 */
export function bucketAt<M extends Histogram>(
  metric: M,
  bound: number,
  matchers?: Matchers<M>,
): Selector<SeriesLabel<M> | 'le', 'counter'> {
  const text = String(bound).replace('.', '\\.');
  const le = Number.isInteger(bound) ? matching(`${text}(\\.0)?`) : { operator: '=' as const, value: String(bound) };
  const matches = [...toMatches(matchers), { label: 'le', ...le }];
  return select<SeriesLabel<M> | 'le', 'counter'>({ metric, suffix: '_bucket', matchers: matches, kind: 'counter' });
}

interface LabelMatch extends Match {
  readonly label: string;
}

interface Parts<K> {
  readonly metric: MetricEntry;
  readonly suffix: '' | '_bucket' | '_count' | '_sum';
  readonly matchers: readonly LabelMatch[];
  readonly kind: K;
  readonly ago?: Duration;
}

function select<L extends string, K extends 'counter' | 'gauge'>(parts: Parts<K>): Selector<L, K> {
  const { metric, suffix, kind, ago } = parts;
  const own = [
    ...Object.keys(metric.labels),
    ...targetLabelsOf(metric.exposedBy),
    ...(suffix === '_bucket' ? ['le'] : []),
  ];
  const offset = ago === undefined ? '' : ` offset ${ago}`;
  const series = (context: RenderContext): string =>
    metricName(metric, context.naming) + suffix + renderMatchers(metric, parts.matchers, context);
  return {
    kind,
    labels: own as L[],
    metrics: [metric],
    atomic: true,
    render: (context) => series(context) + offset,
    renderRange: (window, context) => `${series(context)}[${window}]${offset}`,
    offset: (by) => select<L, K>({ ...parts, ago: by }),
  };
}

function toMatches(matchers: Readonly<Record<string, Match | string | undefined>> | undefined): LabelMatch[] {
  return Object.entries(matchers ?? {}).flatMap(([label, match]) => {
    if (match === undefined) return [];
    return [typeof match === 'string' ? { label, operator: '=' as const, value: match } : { label, ...match }];
  });
}

function renderMatchers(metric: MetricEntry, matches: readonly LabelMatch[], context: RenderContext): string {
  const own = matches.map(
    ({ label, operator, value }) =>
      renderLabel(label, [metric], context) + operator + quote(renderValue(metric, label, value, context)),
  );
  const scoped = context.scope === 'panel' ? panelMatchers(metric, matches, context) : [];
  const all = [...scoped, ...own];
  return all.length === 0 ? '' : `{${all.join(',')}}`;
}

/** Values that the naming spells otherwise, also as the alternatives of a regular expression. */
function renderValue(metric: MetricEntry, label: string, value: string, { naming }: RenderContext): string {
  if (metric.labels[label]?.values === undefined) return value;
  return value
    .split('|')
    .map((alternative) => labelValue(metric, label, alternative, naming))
    .join('|');
}

/**
 * Hosts and the stack itself belong to no single service: the service variable would empty their panels. What a
 * selector chooses itself is not left to a variable; what it only leaves out is.
 */
function panelMatchers(metric: MetricEntry, matches: readonly LabelMatch[], context: RenderContext): string[] {
  const { scope } = exposers[metric.exposedBy];
  const taken = new Set(matches.filter(({ operator }) => !operator.startsWith('!')).map(({ label }) => label));
  const variables = {
    environment: true,
    service: scope !== 'platform',
    job: scope !== 'rules',
    instance: scope !== 'rules',
  };
  return Object.entries(variables).flatMap(([label, apt]) =>
    apt && !taken.has(label) ? [`${renderLabel(label, [metric], context)}=~"$${label}"`] : [],
  );
}
