/** The figures of the demo's live view: a line for each dashboard, from the same words that the boards are written in. */
import { businessCatalog } from '../../src/catalog/business.ts';
import { databaseCatalog } from '../../src/catalog/database.ts';
import { errorsCatalog } from '../../src/catalog/errors.ts';
import { httpCatalog } from '../../src/catalog/http.ts';
import { nodeExporterCatalog } from '../../src/catalog/node-exporter.ts';
import { nodejsCatalog } from '../../src/catalog/nodejs.ts';
import { recordedCatalog } from '../../src/catalog/recorded.ts';
import { scrapedCatalog } from '../../src/catalog/scraped.ts';
import type { Expression } from '../../src/promql/expression.ts';
import { aggregate, complement, maxBy, quantile, rate, sumBy } from '../../src/promql/functions.ts';
import { count, counter, gauge } from '../../src/promql/selector.ts';

export type FigureUnit = 'per second' | 'per hour' | 'seconds' | 'ratio' | 'count';

export interface Figure {
  readonly label: string;
  readonly expression: Expression;
  readonly unit: FigureUnit;
}

export interface Headline {
  readonly dashboard: string;
  readonly figures: readonly Figure[];
}

const window = '1m';
const requests = sumBy([], rate(count(httpCatalog.duration), window));
const idle = aggregate('avg', [], rate(counter(nodeExporterCatalog.cpu, { mode: 'idle' }), window));
const completed = sumBy([], rate(counter(businessCatalog.assignmentsCompleted), window));

export const headlines: readonly Headline[] = [
  {
    dashboard: 'API performance',
    figures: [
      { label: 'requests', expression: requests, unit: 'per second' },
      { label: 'p95', expression: quantile(0.95, httpCatalog.duration, { by: [], window }), unit: 'seconds' },
      {
        label: 'errors',
        expression: maxBy([], gauge(recordedCatalog.sloErrorRatio5m, { slo: 'availability' })),
        unit: 'ratio',
      },
    ],
  },
  {
    dashboard: 'Database',
    figures: [
      {
        label: 'query p95',
        expression: quantile(0.95, databaseCatalog.queryDuration, { by: [], window }),
        unit: 'seconds',
      },
      {
        label: 'connections used',
        expression: sumBy([], gauge(databaseCatalog.poolConnections, { state: 'used' })),
        unit: 'count',
      },
      { label: 'waiting', expression: sumBy([], gauge(databaseCatalog.poolWaiting)), unit: 'count' },
    ],
  },
  {
    dashboard: 'Business',
    figures: [
      { label: 'active users', expression: maxBy([], gauge(businessCatalog.activeUsers)), unit: 'count' },
      { label: 'assignments', expression: completed, unit: 'per hour' },
      { label: 'revenue', expression: sumBy([], rate(counter(businessCatalog.revenue), window)), unit: 'per hour' },
    ],
  },
  {
    dashboard: 'Infrastructure',
    figures: [
      { label: 'CPU', expression: complement(idle), unit: 'ratio' },
      { label: 'event loop p99', expression: maxBy([], gauge(nodejsCatalog.eventLoopLagP99)), unit: 'seconds' },
      { label: 'targets up', expression: aggregate('sum', [], gauge(scrapedCatalog.up)), unit: 'count' },
    ],
  },
  {
    dashboard: 'Errors',
    figures: [
      { label: 'errors', expression: sumBy([], rate(counter(errorsCatalog.application), window)), unit: 'per second' },
      { label: 'aborted', expression: sumBy([], rate(counter(httpCatalog.aborted), window)), unit: 'per second' },
    ],
  },
];
