/** Calls to others: is it us, or one of them? */
import { outboundCatalog } from '../../catalog/outbound.ts';
import { rateInterval } from '../../objectives/duration.ts';
import { quantile, rate, sumBy } from '../../promql/functions.ts';
import { count, matching } from '../../promql/selector.ts';
import type { Row } from '../panel.ts';
import { perService, serviceLegend, shareOf } from './expressions.ts';
import { graph } from './shapes.ts';

const perDependency = [...perService, 'dependency'] as const;
const legend = `${serviceLegend} to {{dependency}}`;
const noValue = 'No outgoing call has been recorded in this window';

const calls = sumBy(perDependency, rate(count(outboundCatalog.duration), rateInterval));
const failures = sumBy(
  perDependency,
  rate(count(outboundCatalog.duration, { status_code: matching('5..|error|timeout') }), rateInterval),
);

export function dependenciesRow(): Row {
  return {
    title: 'Is it one of those we call?',
    panels: [
      graph({
        key: 'dependency-rate',
        title: 'Calls to dependencies',
        description:
          'Outgoing HTTP calls a second by dependency. Good: follows the request rate, without bursts of retries.',
        unit: 'requests_per_second',
        targets: [{ expression: calls, legend }],
        min: 0,
        noValue,
      }),
      graph({
        key: 'dependency-errors',
        title: 'Failing calls to dependencies',
        description: 'Share of outgoing calls that ended in a 5xx, an error or a timeout. Good: at 0.',
        unit: 'ratio',
        targets: [{ expression: shareOf(failures, calls), legend }],
        min: 0,
        related: [{ dashboard: 'telltale-errors', panel: 'errors-by-type' }],
        noValue,
      }),
      graph({
        key: 'dependency-latency',
        title: 'Response time of dependencies',
        description: 'p95 of outgoing calls by dependency. Good: steady, and well below our own p95.',
        unit: 'seconds',
        targets: [
          {
            expression: quantile(0.95, outboundCatalog.duration, { by: perDependency, window: rateInterval }),
            legend: `${legend} p95`,
          },
        ],
        min: 0,
        noValue,
      }),
    ],
  };
}
