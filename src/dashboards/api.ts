/** Are users served, how fast, and which endpoint is at fault? */
import { blackboxExporterCatalog } from '../catalog/blackbox-exporter.ts';
import { httpCatalog } from '../catalog/http.ts';
import { scrapedCatalog } from '../catalog/scraped.ts';
import { rateInterval } from '../objectives/duration.ts';
import { humanSeconds, percent } from '../objectives/in-words.ts';
import { promql } from '../promql/expression.ts';
import { maxBy, minBy, quantile, rate, sumBy } from '../promql/functions.ts';
import { gauge } from '../promql/selector.ts';
import type { Model } from '../model/model.ts';
import type { Dashboard, Row } from './panel.ts';
import { dependenciesRow } from './panels/dependencies.ts';
import { endpointsRow, oneEndpointRow, routeVariable } from './panels/endpoints.ts';
import { budgetLeft, objectivesRow } from './panels/error-budget.ts';
import { perService, recorded } from './panels/expressions.ts';
import { errorRatio, requests } from './panels/http-series.ts';
import { outsideRow } from './panels/outside.ts';
import { servedRow } from './panels/served.ts';
import { stat } from './panels/shapes.ts';
import { fallsBelow, noneIsGood, oneIsGood, risesInto, upOrDown } from './panels/thresholds.ts';
import { trafficRow } from './panels/traffic.ts';

export function apiDashboard(model: Model): Dashboard {
  return {
    uid: 'telltale-api',
    title: 'Telltale: API',
    description: 'Are users served, how fast, and which endpoint is at fault?',
    variables: [routeVariable],
    rows: [
      nowRow(model),
      servedRow(model),
      objectivesRow(model),
      endpointsRow(model),
      oneEndpointRow(model),
      trafficRow(),
      dependenciesRow(),
      outsideRow(),
    ],
  };
}

function nowRow({ knobs, lines }: Model): Row {
  return {
    title: 'Now',
    panels: [
      stat({
        key: 'request-rate-now',
        title: 'Requests',
        description: 'Requests a second of everything selected. Good: what is usual at this hour.',
        unit: 'requests_per_second',
        targets: [{ expression: sumBy([], rate(requests, rateInterval)), legend: 'requests' }],
        thresholds: risesInto([lines.capacityRequestsPerSecond, 'red']),
        noValue: 'no traffic',
      }),
      stat({
        key: 'error-ratio-now',
        title: 'Worst errors',
        description: `Share of 5xx of the worst service. Good: 0; HighErrorRate fires above ${percent(knobs.HighErrorRate.threshold)}.`,
        unit: 'ratio',
        targets: [{ expression: maxBy([], errorRatio), legend: 'errors' }],
        thresholds: risesInto([knobs.HighErrorRate.threshold, 'red']),
        alerts: ['HighErrorRate'],
        noValue: 'no traffic',
      }),
      stat({
        key: 'latency-now',
        title: 'Worst p95',
        description: `95th percentile of the slowest service. Good: under ${humanSeconds(lines.latencyP95Seconds)}.`,
        unit: 'seconds',
        targets: [
          {
            expression: maxBy([], quantile(0.95, httpCatalog.duration, { by: perService, window: rateInterval })),
            legend: 'p95',
          },
        ],
        thresholds: risesInto([lines.latencyP95Seconds, 'yellow'], [knobs.HighResponseTime.threshold, 'red']),
        alerts: ['HighResponseTime'],
        noValue: 'no traffic',
      }),
      stat({
        key: 'budget-now',
        title: 'Least budget',
        description: 'Error budget left of the worst objective. Good: above 0, falling no faster than the days pass.',
        unit: 'ratio',
        targets: [recorded({ expression: minBy([], budgetLeft), legend: 'budget left' })],
        thresholds: fallsBelow([0, 'green']),
        alerts: ['ErrorBudgetBurnFast', 'ErrorBudgetBurnSlow'],
        noValue: 'no traffic yet',
      }),
      stat({
        key: 'targets-down',
        title: 'Targets down',
        description: 'Targets that Prometheus cannot scrape: instances of services, and exporters. Good: 0.',
        unit: 'count',
        targets: [{ expression: sumBy([], promql`${gauge(scrapedCatalog.up)} == bool 0`), legend: 'down' }],
        thresholds: noneIsGood,
        alerts: ['ServiceDown', 'TargetDown'],
        related: [{ dashboard: 'telltale-infrastructure', panel: 'targets-up' }],
        noValue: 'nothing is scraped',
      }),
      stat({
        key: 'probe-now',
        title: 'Probes',
        description: 'Up if every health endpoint answers a probe from outside. Good: up.',
        unit: 'state',
        targets: [{ expression: minBy([], gauge(blackboxExporterCatalog.success)), legend: 'probes' }],
        mappings: upOrDown,
        thresholds: oneIsGood,
        alerts: ['HealthCheckFailing'],
        noValue: 'not probed',
      }),
    ],
  };
}
