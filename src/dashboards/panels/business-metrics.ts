/** One panel per business metric, each against the same time last week. */
import { rateInterval } from '../../objectives/duration.ts';
import type { BusinessMetric, Model } from '../../model/model.ts';
import { quantileOf, rate, sumBy } from '../../promql/functions.ts';
import { buckets } from '../../promql/selector.ts';
import type { Row, Target, TimeseriesPanel } from '../panel.ts';
import {
  byKind,
  type CounterEntry,
  currencyOf,
  displayUnitOf,
  type GaugeEntry,
  grown,
  type HistogramEntry,
  isCounter,
  level,
  metricKey,
  sentence,
  splitLabels,
  splitLegend,
} from './business-series.ts';
import { compared, perService, serviceLegend } from './expressions.ts';
import { outcomeColors } from './series-colors.ts';
import { graph } from './shapes.ts';

export function metricsRow({ business }: Model): Row {
  return { title: 'Every metric, against last week', panels: business.map(metricPanel) };
}

function metricPanel({ entry, title, watched }: BusinessMetric): TimeseriesPanel {
  const perHour = isCounter(entry);
  return graph({
    key: metricKey('metric', entry),
    title: perHour ? `${title} per hour` : title,
    description: `${sentence(entry.help)} Good: close to the dashed line, the same time last week.`,
    unit: displayUnitOf(entry),
    width: 12,
    targets: byKind<Target[]>(entry, { counter: counterTargets, gauge: gaugeTargets, histogram: histogramTargets }),
    stacked: perHour && splitLabels(entry).length > 0 && currencyOf(entry).length === 0,
    min: 0,
    colors: outcomeColors,
    alerts: watched ? ['BusinessActivityDrop'] : [],
    related: [{ dashboard: 'telltale-api', panel: 'request-rate' }],
    noValue: `${entry.name} has not been recorded: does the service use businessMetrics()?`,
  });
}

/** Split now, in total a week ago: twice the lines would not be read. Only money has no total. */
function counterTargets(entry: CounterEntry): Target[] {
  const by = splitLabels(entry);
  return [
    { expression: grown(entry, '1h', { by }), legend: splitLegend(by) },
    compared('1w', splitLegend(currencyOf(entry)), (ago) => grown(entry, '1h', { by: currencyOf(entry), ago })),
  ];
}

function gaugeTargets(entry: GaugeEntry): Target[] {
  const by = splitLabels(entry);
  return [
    { expression: level(entry, by), legend: splitLegend(by) },
    compared('1w', splitLegend(by), (ago) => level(entry, by, ago)),
  ];
}

function histogramTargets(entry: HistogramEntry): Target[] {
  return [0.5, 0.95].map((quantile) => ({
    expression: quantileOf(quantile, sumBy<string, string>([...perService, 'le'], rate(buckets(entry), rateInterval))),
    legend: `${serviceLegend} p${quantile * 100}`,
  }));
}
