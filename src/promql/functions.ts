/** The functions and aggregations that boards and alerts are written in. */
import type { MetricEntry } from '../catalog/metric.ts';
import type { Window } from '../objectives/duration.ts';
import { type Expression, renderOperand } from './expression.ts';
import { renderLabel } from './render-context.ts';
import { buckets, type Matchers, type Selector, type SeriesLabel } from './selector.ts';

type CounterSelector<L extends string> = Selector<L, 'counter'>;
type GaugeSelector<L extends string> = Selector<L, 'gauge'>;

function overRange<L extends string>(
  name: string,
  selector: Selector<L, 'counter' | 'gauge'>,
  window: Window,
  more = '',
): Expression<L> {
  return {
    labels: selector.labels,
    metrics: selector.metrics,
    atomic: true,
    render: (context) => `${name}(${selector.renderRange(window, context)}${more})`,
  };
}

/** Increase a second, over a window of at least four scrapes. */
export const rate = <L extends string>(selector: CounterSelector<L>, window: Window): Expression<L> =>
  overRange('rate', selector, window);

/** Increase over the window, extrapolated to its ends. */
export const increase = <L extends string>(selector: CounterSelector<L>, window: Window): Expression<L> =>
  overRange('increase', selector, window);

/** How often a gauge changed in the window. */
export const changes = <L extends string>(selector: GaugeSelector<L>, window: Window): Expression<L> =>
  overRange('changes', selector, window);

/** Where a gauge will be in so many seconds if it goes on as in the window. */
export const predictLinear = <L extends string>(
  selector: GaugeSelector<L>,
  window: Window,
  seconds: number,
): Expression<L> => overRange('predict_linear', selector, window, `, ${seconds}`);

export type OverTime = 'avg' | 'max' | 'min' | 'sum' | 'count' | 'last';

/** Average, maximum, ... of a gauge over the window. */
export const overTime = <L extends string>(
  function_: OverTime,
  selector: GaugeSelector<L>,
  window: Window,
): Expression<L> => overRange(`${function_}_over_time`, selector, window);

export type Aggregation = 'sum' | 'max' | 'min' | 'avg' | 'count';

/** Aggregates over all labels but these. A label that the operand does not have does not compile. */
export function aggregate<L extends string, const K extends L>(
  operation: Aggregation,
  by: readonly K[],
  operand: Expression<L>,
): Expression<K> {
  return {
    labels: by,
    metrics: operand.metrics,
    atomic: true,
    render: (context) => {
      const names = by.map((label) => renderLabel(label, operand.metrics, context));
      return `${operation}${names.length === 0 ? '' : ` by (${names.join(', ')}) `}(${operand.render(context)})`;
    },
  };
}

export const sumBy = <L extends string, const K extends L>(by: readonly K[], operand: Expression<L>): Expression<K> =>
  aggregate('sum', by, operand);

export const maxBy = <L extends string, const K extends L>(by: readonly K[], operand: Expression<L>): Expression<K> =>
  aggregate('max', by, operand);

export const minBy = <L extends string, const K extends L>(by: readonly K[], operand: Expression<L>): Expression<K> =>
  aggregate('min', by, operand);

/** The `limit` greatest series. */
export function topk<L extends string>(limit: number, operand: Expression<L>): Expression<L> {
  return { ...operand, atomic: true, render: (context) => `topk(${limit}, ${operand.render(context)})` };
}

/**
 * One aggregated number over another, 0-1 where the first is a part of the second. Aggregate both to the same labels
 * first: an average of ratios is not a ratio.
 */
export function ratio<L extends string>(part: Expression<L>, whole: Expression<NoInfer<L>>): Expression<L> {
  return {
    labels: part.labels,
    metrics: [...part.metrics, ...whole.metrics],
    atomic: false,
    render: (context) => `${renderOperand(part, context)} / ${renderOperand(whole, context)}`,
  };
}

/** The share that is left: `1 - operand`. */
export function complement<L extends string>(operand: Expression<L>): Expression<L> {
  return { ...operand, atomic: false, render: (context) => `1 - ${renderOperand(operand, context)}` };
}

export interface QuantileOptions<M extends MetricEntry, K extends string> {
  readonly by: readonly K[];
  readonly window: Window;
  readonly matchers?: Matchers<M>;
}

/** A quantile (0-1) of a histogram, per set of the labels `by`, over the window. */
export function quantile<
  M extends MetricEntry & { readonly kind: 'histogram' },
  const K extends Exclude<SeriesLabel<M>, 'le'>,
>(level: number, metric: M, options: QuantileOptions<M, K>): Expression<K> {
  const rates = rate(buckets(metric, options.matchers), options.window);
  return quantileOf(level, aggregate<string, string>('sum', [...options.by, 'le'], rates)) as Expression<K>;
}

/** A quantile (0-1) of rates by `le`. */
export function quantileOf<L extends string>(level: number, rates: Expression<L>): Expression<Exclude<L, 'le'>> {
  return {
    labels: rates.labels.filter((label): label is Exclude<L, 'le'> => label !== 'le'),
    metrics: rates.metrics,
    atomic: true,
    render: (context) => `histogram_quantile(${level}, ${rates.render(context)})`,
  };
}
