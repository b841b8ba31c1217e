/** businessMetrics(): a typed recorder for each metric of the business. */
import { businessCatalog } from '../../catalog/business.ts';
import type { MetricEntry } from '../../catalog/metric.ts';
import { type BusinessModel, entriesOf } from './model.ts';
import { type MoneyTotals, moneyTotals } from './money.ts';
import { type BusinessRecorder, recorderFor } from './recorders.ts';
import type { RecorderOptions } from '../metrics/from-catalog.ts';
import { aNaming, checkOptions, recorderRules } from '../metrics/option-checks.ts';
import { acquireShared } from '../metrics/shared-parts.ts';

export interface BusinessMetricsOptions extends RecorderOptions {}

/** A recorder for each declaration, under its key. */
export type BusinessMetrics<M extends BusinessModel> = { readonly [K in keyof M]: BusinessRecorder<M[K]> };

/**
 * Recorders for the metrics of the business, one for each declaration: `inc` for a counter, `set` for a gauge,
 * `observe` for a histogram, `addMinor` for a counter of money. Declarations are those of `business` in telltale.config.ts: written once,
 * in a module that both import, they are the panel and the recorder. A metric or a label value that was not declared does not
 * compile; from plain JavaScript it is recorded as the label's `other`, or else counted in `telltale_label_errors_total`.
 * Counters and histograms whose labels are all closed lists exist at 0 from here on. Without a model: that of the
 * shipped example, an online classroom. Costs one series per combination of label values.
 * @throws TELLTALE_OPTION, naming every declaration that is wrong; TELLTALE_METRIC_TAKEN
 * @example
 * export const shop = {
 *   orders: { name: 'orders_total', kind: 'counter', help: 'Orders placed.', labels: { channel: ['web', 'app'] } },
 *   revenue: { name: 'shop_revenue_total', kind: 'counter', unit: 'currency', help: 'Revenue.',
 *     labels: { currency: { cap: 5 } }, watched: false },
 * } as const satisfies BusinessModel;
 *
 * const business = businessMetrics(shop); // in the service
 * business.orders.inc({ channel: 'web' });
 * business.revenue.addMinor({ currency: 'eur' }, 1_999);
 *
 * export default defineConfig({ business: Object.values(shop) }); // in telltale.config.ts
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
  const entries = entriesOf(model);
  checkOptions('use businessMetrics()', options, { ...recorderRules, naming: aNaming(Object.values(entries)) });
  // Two models may have a metric in common.
  const totalsOf = ({ name }: MetricEntry): MoneyTotals => acquireShared(options, `money ${name}`, moneyTotals).value;
  // Never released: recorders are called for as long as the process lives.
  const shared = acquireShared(options, `business ${JSON.stringify(model)}`, (metrics) =>
    Object.fromEntries(Object.entries(entries).map(([key, entry]) => [key, recorderFor(metrics, entry, totalsOf)])),
  );
  return shared.value;
}
