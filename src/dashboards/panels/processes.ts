/** Every Node process: its version, its age, and what it holds. */
import { kitCatalog } from '../../catalog/kit.ts';
import { nodejsCatalog as nodejs } from '../../catalog/nodejs.ts';
import { type Expression, labels, promql } from '../../promql/expression.ts';
import { maxBy, ratio, sumBy } from '../../promql/functions.ts';
import { gauge } from '../../promql/selector.ts';
import type { TablePanel, TableColumn } from '../panel.ts';
import { serviceColumns, shortLabel } from './columns.ts';
import { perService, secondsSince } from './expressions.ts';
import { serviceProcesses } from './service-processes.ts';
import { table } from './shapes.ts';
import { risesInto } from './thresholds.ts';

const perInstance = [...perService, 'instance'] as const;

interface Column extends Omit<TableColumn, 'from'> {
  readonly expression: Expression;
  readonly quietUnless?: string;
}

/** The first one is the base: it brings the version of Node as a label. */
function columns(): readonly Column[] {
  const age = secondsSince(maxBy(perInstance, gauge(nodejs.startTime, serviceProcesses)));
  const version = maxBy([...perInstance, 'version'], gauge(nodejs.versionInfo));
  const sum = (metric: (typeof nodejs)['activeHandles' | 'activeRequests' | 'activeResources']): Expression =>
    sumBy(perInstance, gauge(metric));
  const largest = (
    metric: (typeof nodejs)['residentMemory' | 'heapUsed' | 'heapTotal' | 'externalMemory'],
  ): Expression => maxBy(perInstance, gauge(metric, serviceProcesses));
  return [
    { title: 'Up for', unit: 'age', expression: promql`${version} * on (${labels(perInstance)}) group_left () ${age}` },
    {
      title: 'Descriptors',
      unit: 'ratio',
      thresholds: risesInto([1, 'red']),
      expression: ratio(
        maxBy(perInstance, gauge(nodejs.openFds, serviceProcesses)),
        maxBy(perInstance, gauge(nodejs.maxFds, serviceProcesses)),
      ),
    },
    { title: 'Resident', unit: 'bytes', expression: largest(nodejs.residentMemory) },
    { title: 'Heap used', unit: 'bytes', expression: largest(nodejs.heapUsed) },
    { title: 'Heap size', unit: 'bytes', expression: largest(nodejs.heapTotal) },
    { title: 'External', unit: 'bytes', expression: largest(nodejs.externalMemory) },
    { title: 'Handles', unit: 'count', expression: sum(nodejs.activeHandles) },
    { title: 'Requests', unit: 'count', expression: sum(nodejs.activeRequests) },
    { title: 'Resources', unit: 'count', expression: sum(nodejs.activeResources) },
    { title: 'Series', unit: 'count', expression: sumBy(perInstance, gauge(kitCatalog.series)) },
    {
      title: 'Span queue',
      unit: 'ratio',
      thresholds: risesInto([1, 'red']),
      expression: ratio(
        sumBy(perInstance, gauge(kitCatalog.spanQueueSize)),
        sumBy(perInstance, gauge(kitCatalog.spanQueueCapacity)),
      ),
    },
    {
      title: 'Silent workers',
      unit: 'count',
      expression: maxBy(perInstance, gauge(kitCatalog.workersSilent)),
      thresholds: risesInto([1, 'red']),
    },
    { title: 'Scrape took', unit: 'seconds', expression: maxBy(perInstance, gauge(kitCatalog.scrapeDuration)) },
  ];
}

export function processes(): TablePanel {
  const all = columns();
  return table({
    key: 'processes',
    width: 24,
    height: 6,
    title: 'Processes',
    description:
      'Each instance: version of Node, age, memory, descriptors and what libuv holds open, and what it costs to scrape. Good: one version, like ages, and numbers that do not only grow.',
    unit: 'count',
    targets: all.map(({ expression, quietUnless }) => ({
      expression,
      legend: '',
      ...(quietUnless === undefined ? {} : { quietUnless }),
    })),
    columns: [
      ...serviceColumns,
      { from: 'instance', title: 'Instance' },
      { from: 'version', title: 'Node', width: shortLabel },
      ...all.map(({ expression: _expression, quietUnless: _quiet, ...column }, index): TableColumn => {
        return { ...column, from: `value:${String.fromCharCode('A'.charCodeAt(0) + index)}` };
      }),
    ],
    sortBy: 'Up for',
    alerts: ['ServiceRestarting'],
    noValue: 'No Node process reports: does the service use runtimeMetrics()?',
  });
}
