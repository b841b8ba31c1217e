/** businessMetrics(): a typed recorder for each metric of the business. */
import { businessCatalog } from '../catalog/business.ts';
import { type BusinessModel, checkModel, entryFrom } from './business-model.ts';
import { type BusinessRecorder, recorderFor } from './business-recorders.ts';
import type { RecorderOptions } from './from-catalog.ts';
import { aNaming, checkOptions, recorderRules } from './http-option-checks.ts';
import { acquireShared } from './runtime-shared.ts';

export interface BusinessMetricsOptions extends RecorderOptions {}

/** A recorder for each declaration, under its key. */
export type BusinessMetrics<M extends BusinessModel> = { readonly [K in keyof M]: BusinessRecorder<M[K]> };

/**
 * Recorders for the metrics of the business, one for each declaration: `inc` for a counter, `set` for a gauge,
 * `observe` for a histogram, `addMinor` for money. A metric or a label value that was not declared does not compile;
 * from plain JavaScript it is recorded as the label's `otherwise`, or else counted in `telltale_label_errors_total`.
 * Counters and histograms whose labels are all closed lists exist at 0 from here on. Without a model: that of the
 * shipped example, an online classroom. Costs one series per combination of label values.
 * @throws TELLTALE_OPTION, naming every declaration that is wrong; TELLTALE_METRIC_TAKEN
 * @example
 * const business = businessMetrics({
 *   orders: { name: 'orders_total', kind: 'counter', unit: 'items', help: 'Orders by how they were paid.',
 *     labels: { method: { values: ['card', 'invoice'] } } },
 *   revenue: { name: 'revenue_total', kind: 'counter', unit: 'currency', help: 'Revenue.',
 *     labels: { currency: { cap: 5, from: 'ISO 4217 codes' } } },
 * });
 * business.orders.inc({ method: 'card' });
 * business.revenue.addMinor({ currency: 'eur' }, 1_999);
 */
export function businessMetrics<const M extends BusinessModel>(
  model: M,
  options?: BusinessMetricsOptions,
): BusinessMetrics<M>;
export function businessMetrics(
  model?: undefined,
  options?: BusinessMetricsOptions,
): BusinessMetrics<typeof businessCatalog>;
export function businessMetrics(
  model: BusinessModel = businessCatalog,
  options: BusinessMetricsOptions = {},
): Readonly<Record<string, unknown>> {
  checkModel(model);
  const entries = Object.values(model).map(entryFrom);
  checkOptions('use businessMetrics()', options, { ...recorderRules, naming: aNaming(entries) });
  // Never released: recorders are called for as long as the process lives. One model of a registry is one group, as
  // the totals of its money are.
  const shared = acquireShared(options, `business ${JSON.stringify(model)}`, (metrics) =>
    Object.fromEntries(
      Object.entries(model).map(([key, declaration]) => [key, recorderFor(metrics, entryFrom(declaration))]),
    ),
  );
  return shared.value;
}
