/** The stack that watches the rest: targets, rules, notifications, storage. */
import { monitoringStackCatalog as stack } from '../../catalog/monitoring-stack.ts';
import { scrapedCatalog } from '../../catalog/scraped.ts';
import { rateInterval } from '../../objectives/duration.ts';
import { type Expression, promql } from '../../promql/expression.ts';
import { aggregate, maxBy, minBy, rate, ratio, sumBy } from '../../promql/functions.ts';
import { counter, gauge } from '../../promql/selector.ts';
import type { Row, TablePanel, TimeseriesPanel } from '../panel.ts';
import { environmentWidth, serviceColumns } from './columns.ts';
import { perService } from './expressions.ts';
import { losses, spans } from './kit.ts';
import { notifications, stackFailures } from './monitoring-failures.ts';
import { graph, table } from './shapes.ts';
import { fallsBelow, noneIsGood, loadedOrNot, oneIsGood } from './thresholds.ts';

const perJob = [...perService, 'job'] as const;
const perInstance = ['environment', 'instance'] as const;

export function monitoringStackRow(): Row {
  return {
    title: 'Does the monitoring itself work?',
    panels: [targets(), prometheus(), stackFailures(), notifications(), losses(), spans(), remoteWrite()],
  };
}

function targets(): TablePanel {
  const up = gauge(scrapedCatalog.up);
  const all = aggregate('count', perJob, up);
  return table({
    key: 'targets-up',
    title: 'Targets up',
    description:
      'How many targets of each job Prometheus can scrape, those with any down first. Good: 100 % of each; what is not scraped cannot alert.',
    unit: 'count',
    targets: [ratio(sumBy(perJob, up), all), sumBy(perJob, promql`${up} == bool 0`), all].map((expression) => ({
      expression,
      legend: '',
    })),
    columns: [
      ...serviceColumns,
      { from: 'job', title: 'Job' },
      { from: 'value:A', title: 'Share up', unit: 'ratio', thresholds: fallsBelow([1, 'green']) },
      { from: 'value:B', title: 'Down', unit: 'count', thresholds: noneIsGood },
      { from: 'value:C', title: 'Targets', unit: 'count' },
    ],
    sortBy: 'Down',
    alerts: ['ServiceDown', 'TargetDown'],
    noValue: 'Nothing is scraped',
  });
}

function prometheus(): TablePanel {
  const values: readonly Expression[] = [
    maxBy(perInstance, gauge(stack.headSeries)),
    sumBy(perInstance, rate(counter(stack.samplesAppended), rateInterval)),
    maxBy(perInstance, gauge(stack.blocksBytes)),
    minBy(perInstance, gauge(stack.configReloaded)),
  ];
  return table({
    key: 'prometheus',
    title: 'Prometheus',
    description:
      'Series in memory, samples a second, disk of the blocks, and whether the last configuration was loaded. Good: steady, and loaded.',
    unit: 'count',
    targets: values.map((expression) => ({ expression, legend: '' })),
    columns: [
      { from: 'environment', title: 'Environment', width: environmentWidth },
      { from: 'instance', title: 'Instance' },
      { from: 'value:A', title: 'Series', unit: 'count' },
      { from: 'value:B', title: 'Samples', unit: 'per_second' },
      { from: 'value:C', title: 'Disk', unit: 'bytes' },
      { from: 'value:D', title: 'Configuration', mappings: loadedOrNot, thresholds: oneIsGood },
    ],
    sortBy: 'Series',
    alerts: ['ConfigReloadFailed', 'ScrapeSampleLimitExceeded'],
    noValue: 'Prometheus does not scrape itself',
  });
}

function remoteWrite(): TimeseriesPanel {
  const perRemote = [...perInstance, 'remote_name'] as const;
  const legend = '{{environment}}/{{instance}} to {{remote_name}}';
  return graph({
    key: 'remote-write',
    title: 'Remote write',
    description:
      'Samples waiting for remote storage, and samples a second that it refused. Good: few waiting, none refused.',
    unit: 'count',
    targets: [
      { expression: sumBy(perRemote, gauge(stack.remotePending)), legend: `${legend}: waiting` },
      { expression: sumBy(perRemote, rate(counter(stack.remoteFailed), rateInterval)), legend: `${legend}: refused` },
    ],
    min: 0,
    alerts: ['RemoteWriteBehind'],
    noValue: 'Prometheus writes to no remote storage',
  });
}
