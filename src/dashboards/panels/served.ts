/** Are users served, and how fast: rate, errors and duration of each service. */
import { httpCatalog } from '../../catalog/http.ts';
import { rateInterval } from '../../objectives/duration.ts';
import { humanSeconds, percent } from '../../objectives/in-words.ts';
import { quantile } from '../../promql/functions.ts';
import type { Model } from '../../model/model.ts';
import type { Row, Target, TimeseriesPanel } from '../panel.ts';
import { compared, perService, recorded, serviceLegend } from './expressions.ts';
import { errorRatio, recordedP95, requestRate, requests } from './http-series.ts';
import { graph } from './shapes.ts';
import { percentileColors } from './series-colors.ts';
import { justAbove, risesInto } from './thresholds.ts';

export function servedRow(model: Model): Row {
  return { title: 'Are users served?', panels: [requestRatePanel(model), errorRatioPanel(model), latencyPanel(model)] };
}

function requestRatePanel({ lines }: Model): TimeseriesPanel {
  return graph({
    key: 'request-rate',
    width: 6,
    title: 'Request rate',
    description: `Requests a second by service, with the same time last week dashed. Good: close to last week, and below the ${lines.capacityRequestsPerSecond} requests a second that a service is built for.`,
    unit: 'requests_per_second',
    targets: [
      { expression: requestRate(requests), legend: serviceLegend },
      compared('1w', serviceLegend, (ago) => requestRate(requests.offset(ago))),
    ],
    thresholds: risesInto([lines.capacityRequestsPerSecond, 'red']),
    min: 0,
    softMax: 1,
    alerts: ['BusinessActivityDrop', 'ServiceDown'],
    related: [{ dashboard: 'telltale-business', panel: 'activity-against-last-week' }],
    noValue: 'No request has been recorded: is there traffic, and does the service use the middleware?',
  });
}

function errorRatioPanel({ knobs }: Model): TimeseriesPanel {
  const { threshold } = knobs.HighErrorRate;
  return graph({
    key: 'error-ratio',
    width: 6,
    title: 'Error ratio',
    description: `Share of requests answered with a 5xx, by service. Good: flat at 0; HighErrorRate fires above ${percent(threshold)}.`,
    unit: 'ratio',
    targets: [{ expression: errorRatio, legend: serviceLegend }],
    thresholds: risesInto([threshold, 'red']),
    min: 0,
    alerts: ['HighErrorRate'],
    related: [
      { dashboard: 'telltale-errors', panel: 'server-errors' },
      { dashboard: 'telltale-errors', panel: 'failing-endpoints' },
    ],
    noValue: 'No request has been recorded, so there is no ratio',
  });
}

function latencyPanel({ lines, knobs }: Model): TimeseriesPanel {
  const p50 = humanSeconds(lines.latencyP50Seconds);
  const p95 = humanSeconds(lines.latencyP95Seconds);
  const p99 = humanSeconds(lines.latencyP99Seconds);
  return graph({
    key: 'latency',
    width: 12,
    title: 'Response time',
    description: `Median, 95th and 99th percentile by service, with exemplars that lead to traces. Good: p50 under ${p50}, p95 under ${p95}, p99 under ${p99}, each below its line.`,
    unit: 'seconds',
    targets: [percentile(0.5, 'p50'), percentile(0.95, 'p95'), percentile(0.99, 'p99'), p95LastWeek()],
    thresholds: risesInto(
      [lines.latencyP50Seconds, 'blue'],
      [lines.latencyP95Seconds, 'yellow'],
      [lines.latencyP99Seconds, 'purple'],
      [knobs.HighResponseTime.threshold, 'red'],
    ),
    min: 0,
    softMax: justAbove(lines.latencyP99Seconds),
    legendCalcs: ['lastNotNull', 'max'],
    colors: percentileColors,
    alerts: ['HighResponseTime'],
    related: [
      { dashboard: 'telltale-database', panel: 'query-time' },
      { dashboard: 'telltale-infrastructure', panel: 'event-loop-lag' },
    ],
    noValue: 'No request has been recorded in this window',
  });
}

function percentile(level: number, name: string): Target {
  return {
    expression: quantile(level, httpCatalog.duration, { by: perService, window: rateInterval }),
    legend: `${serviceLegend} ${name}`,
    exemplar: true,
  };
}

function p95LastWeek(): Target {
  return recorded(compared('1w', `${serviceLegend} p95`, recordedP95));
}
