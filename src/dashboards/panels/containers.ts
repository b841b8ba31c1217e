/** Containers, as cAdvisor sees them: the row exists only where it runs. */
import { cadvisorCatalog as cadvisor } from '../../catalog/cadvisor.ts';
import { rateInterval } from '../../objectives/duration.ts';
import { promql } from '../../promql/expression.ts';
import { maxBy, rate, sumBy, topk } from '../../promql/functions.ts';
import { counter, gauge, not } from '../../promql/selector.ts';
import type { Model } from '../../model/model.ts';
import type { Row } from '../panel.ts';
import { environmentWidth } from './columns.ts';
import { table } from './shapes.ts';
import { risesInto } from './thresholds.ts';

const perContainer = ['environment', 'instance', 'name', 'image'] as const;
const shown = 30;

/** Slices of the control group tree have no name. */
const named = { name: not('') };

export function containersRow({ knobs }: Model): Row {
  const memory = maxBy(perContainer, gauge(cadvisor.memory, named));
  const base = topk(shown, memory);
  const cpu = sumBy(perContainer, rate(counter(cadvisor.cpu, named), rateInterval));
  const limit = promql`${maxBy(perContainer, gauge(cadvisor.memoryLimit, named))} > 0`;
  const share = promql`${memory} / ${limit}`;
  return {
    title: 'Which container uses it?',
    panels: [
      table({
        key: 'containers',
        title: 'Containers',
        description: `The ${shown} containers of the most memory, their share of their limit, and their processors. Good: no red; a container at its limit is killed.`,
        unit: 'count',
        width: 24,
        targets: [
          { expression: base, legend: '' },
          {
            expression: promql`${share} and ${base}`,
            legend: '',
            quietUnless: 'a container has a memory limit',
          },
          { expression: promql`${cpu} and ${base}`, legend: '' },
        ],
        columns: [
          { from: 'environment', title: 'Environment', width: environmentWidth },
          { from: 'instance', title: 'Host' },
          { from: 'name', title: 'Container' },
          { from: 'image', title: 'Image' },
          { from: 'value:A', title: 'Memory', unit: 'bytes' },
          {
            from: 'value:B',
            title: 'Of its limit',
            unit: 'ratio',
            thresholds: risesInto([knobs.MemoryUsageHigh.threshold, 'red']),
          },
          { from: 'value:C', title: 'Processors', unit: 'cores' },
        ],
        sortBy: 'Memory',
        alerts: ['MemoryUsageHigh'],
        noValue: 'No container is reported: is cAdvisor up?',
      }),
    ],
  };
}
