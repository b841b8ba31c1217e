/** Queries on the business counters of the model, which a user may have declared. */
import { identityLabels } from '../../catalog/exposers.ts';
import type { MetricEntry } from '../../catalog/metric.ts';
import type { BusinessMetric, Model } from '../../model/model.ts';
import type { Expression } from '../../promql/expression.ts';
import { increase, ratio, sumBy } from '../../promql/functions.ts';
import { counter } from '../../promql/selector.ts';

type Counter = MetricEntry & { readonly kind: 'counter' };

/** The counters that BusinessActivityDrop watches. */
export function watchedCounters(model: Model): readonly (BusinessMetric & { readonly entry: Counter })[] {
  return model.business.filter(
    (metric): metric is BusinessMetric & { readonly entry: Counter } =>
      metric.watched && metric.entry.kind === 'counter',
  );
}

/** This hour against the same hour a week ago, per watched counter: 1 is the same. */
export function activityAgainstLastWeek(entry: Counter): Expression {
  return ratio(
    sumBy(identityLabels, increase(counter(entry), '1h')),
    sumBy(identityLabels, increase(counter(entry).offset('1w'), '1h')),
  );
}
