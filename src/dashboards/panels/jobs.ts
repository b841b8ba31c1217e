/** Background jobs and queues. */
import { jobsCatalog as jobs } from '../../catalog/jobs.ts';
import { rateInterval } from '../../objectives/duration.ts';
import { increase, maxBy, quantile, sumBy } from '../../promql/functions.ts';
import { counter, gauge } from '../../promql/selector.ts';
import type { Row, TablePanel } from '../panel.ts';
import { serviceColumns } from './columns.ts';
import { perService, secondsSince, serviceLegend } from './expressions.ts';
import { graph, table } from './shapes.ts';
import { noneIsGood } from './thresholds.ts';

const perJob = [...perService, 'job_name'] as const;
const perQueue = [...perService, 'queue'] as const;
const noQueue = 'No queue is observed: does the service use observeQueue()?';

export function jobsRow(): Row {
  return {
    title: 'Are jobs and queues behind?',
    panels: [
      jobTable(),
      graph({
        key: 'queue-depth',
        title: 'Queue depth',
        description:
          'Items waiting by queue. Good: returns to about 0; a climb means that workers are too few or stuck.',
        unit: 'count',
        width: 5,
        height: 7,
        targets: [{ expression: maxBy(perQueue, gauge(jobs.queueDepth)), legend: `${serviceLegend} {{queue}}` }],
        min: 0,
        noValue: noQueue,
      }),
      graph({
        key: 'queue-age',
        title: 'Oldest item in queue',
        description: 'Age of the oldest waiting item by queue. Good: seconds; it is what the one who waits feels.',
        unit: 'seconds',
        width: 5,
        height: 7,
        targets: [{ expression: maxBy(perQueue, gauge(jobs.queueOldestAge)), legend: `${serviceLegend} {{queue}}` }],
        min: 0,
        softMax: 10,
        noValue: noQueue,
      }),
    ],
  };
}

function jobTable(): TablePanel {
  const runs = sumBy(perJob, increase(counter(jobs.runs), '1d'));
  const failures = sumBy(perJob, increase(counter(jobs.runs, { result: 'failure' }), '1d'));
  const succeeded = secondsSince(maxBy(perJob, gauge(jobs.lastSuccess)));
  const latency = quantile(0.95, jobs.duration, { by: perJob, window: rateInterval });
  return table({
    key: 'jobs',
    width: 14,
    height: 7,
    title: 'Background jobs',
    description:
      'Runs and failures of a day, time since the last success, and p95 while it runs. Good: no failure, and a success as recent as its schedule.',
    unit: 'count',
    targets: [runs, failures, succeeded, latency].map((expression) => ({ expression, legend: '' })),
    columns: [
      ...serviceColumns,
      { from: 'job_name', title: 'Job' },
      { from: 'value:A', title: 'Runs in 24 h', unit: 'amount', decimals: 0 },
      { from: 'value:B', title: 'Failed in 24 h', unit: 'amount', decimals: 0, thresholds: noneIsGood },
      { from: 'value:C', title: 'Last success', unit: 'age' },
      { from: 'value:D', title: 'p95', unit: 'seconds' },
    ],
    sortBy: 'Failed in 24 h',
    noValue: 'No job has run: does the service use instrumentJob()?',
  });
}
