/** The Node process: event loop, memory, garbage collection, restarts. */
import { cadvisorCatalog } from '../../catalog/cadvisor.ts';
import type { MetricEntry } from '../../catalog/metric.ts';
import { nodejsCatalog as nodejs } from '../../catalog/nodejs.ts';
import { rateInterval } from '../../objectives/duration.ts';
import { humanDuration, humanSeconds } from '../../objectives/in-words.ts';
import { promql } from '../../promql/expression.ts';
import { changes, increase, maxBy, rate, ratio, sumBy, topk } from '../../promql/functions.ts';
import { counter, gauge, total } from '../../promql/selector.ts';
import type { Model } from '../../model/model.ts';
import type { Row, Target, TimeseriesPanel } from '../panel.ts';
import { perService, serviceLegend } from './expressions.ts';
import { processes } from './processes.ts';
import { serviceProcesses } from './service-processes.ts';
import { graph } from './shapes.ts';
import { risesInto } from './thresholds.ts';

const perInstance = [...perService, 'instance'] as const;
const instanceLegend = `${serviceLegend} {{instance}}`;
/** A cluster has many, and few that restart. */
const shownContainers = 10;
const noValue = 'No Node process reports: does the service use runtimeMetrics()?';

export function nodeProcessRow(model: Model): Row {
  return {
    title: 'Is the Node process the bottleneck?',
    panels: [
      eventLoopLag(model),
      utilisation(),
      memory(),
      heapSpaces(),
      garbageCollection(),
      restarts(model),
      processes(),
    ],
  };
}

/** A gauge of the instance where it is greatest. */
function worst(metric: MetricEntry & { readonly kind: 'gauge' }, name: string): Target {
  return { expression: maxBy(perService, gauge(metric, serviceProcesses)), legend: `${serviceLegend} ${name}` };
}

function eventLoopLag({ knobs }: Model): TimeseriesPanel {
  const { threshold } = knobs.EventLoopLagHigh;
  return graph({
    key: 'event-loop-lag',
    title: 'Event loop lag',
    description: `How late the event loop runs, of the worst instance. Good: milliseconds; EventLoopLagHigh fires when p99 is above ${humanSeconds(threshold)}.`,
    unit: 'seconds',
    targets: [
      worst(nodejs.eventLoopLagP99, 'p99'),
      worst(nodejs.eventLoopLagP50, 'p50'),
      worst(nodejs.eventLoopLagMean, 'mean'),
    ],
    thresholds: risesInto([threshold, 'red']),
    min: 0,
    alerts: ['EventLoopLagHigh'],
    related: [{ dashboard: 'telltale-api', panel: 'latency' }],
    noValue,
  });
}

function utilisation(): TimeseriesPanel {
  return graph({
    key: 'event-loop-use',
    title: 'Event loop and processor use',
    description:
      'Share of time in which the event loop was busy, and processor time of the process dashed, of the worst instance. Good: well below 100 %, the most that one thread can do.',
    unit: 'ratio',
    targets: [
      worst(nodejs.eventLoopUtilization, 'event loop'),
      {
        expression: maxBy(perService, rate(counter(nodejs.cpu, serviceProcesses), rateInterval)),
        legend: `${serviceLegend} processor`,
        dashed: true,
      },
    ],
    min: 0,
    softMax: 1,
    alerts: ['EventLoopLagHigh'],
    noValue,
  });
}

/** Share (0-1) of the heap limit that each instance uses. */
const heapUse = ratio(
  maxBy(perInstance, gauge(nodejs.heapUsed, serviceProcesses)),
  maxBy(perInstance, gauge(nodejs.heapLimit, serviceProcesses)),
);

function memory(): TimeseriesPanel {
  return graph({
    key: 'process-memory',
    title: 'Heap against its limit',
    description:
      'Share of its heap limit that the fullest instance uses, and at the right, dashed, the resident memory of the largest. Good: a saw-tooth well under 100 %, where the process dies, and a resident memory that does not only grow.',
    unit: 'ratio',
    targets: [
      { expression: maxBy(perService, heapUse), legend: `${serviceLegend} heap` },
      { ...worst(nodejs.residentMemory, 'resident'), dashed: true, rightAxis: 'bytes' },
    ],
    min: 0,
    softMax: 1,
    alerts: ['ServiceRestarting'],
    noValue,
  });
}

function heapSpaces(): TimeseriesPanel {
  return graph({
    key: 'heap-spaces',
    title: 'Heap by space',
    description:
      'Heap in use by space, of the instance with the most in it. Good: a saw-tooth; old that only grows is a leak of objects, large_object one of big arrays and strings, code means that functions are made at run time.',
    unit: 'bytes',
    targets: [
      {
        expression: promql`${maxBy([...perService, 'space'], gauge(nodejs.heapSpaceUsed))} > 0`,
        legend: `${serviceLegend} {{space}}`,
      },
    ],
    min: 0,
    alerts: ['ServiceRestarting'],
    noValue,
  });
}

function garbageCollection(): TimeseriesPanel {
  return graph({
    key: 'gc-pauses',
    title: 'Garbage collection',
    description:
      'Share of time spent in collections by kind, of the worst instance. Good: a few percent; more means that the heap is nearly full.',
    unit: 'ratio',
    targets: [
      {
        expression: maxBy([...perService, 'kind'], rate(total(nodejs.gcDuration), rateInterval)),
        legend: `${serviceLegend} {{kind}}`,
      },
    ],
    min: 0,
    softMax: 0.05,
    alerts: ['EventLoopLagHigh'],
    noValue,
  });
}

function restarts({ knobs }: Model): TimeseriesPanel {
  const { threshold, window } = knobs.ServiceRestarting;
  return graph({
    key: 'restarts',
    title: 'Restarts',
    description: `How often each instance started within ${humanDuration(window)}. Good: 0, or 1 at a deploy; ServiceRestarting fires above ${threshold}.`,
    unit: 'count',
    targets: [
      {
        expression: maxBy(perInstance, changes(gauge(nodejs.startTime, serviceProcesses), window)),
        legend: instanceLegend,
      },
      {
        expression: topk(
          shownContainers,
          sumBy(
            ['environment', 'namespace', 'pod', 'container'],
            increase(counter(cadvisorCatalog.containerRestarts), window),
          ),
        ),
        legend: '{{environment}}/{{namespace}} {{pod}} {{container}}',
      },
    ],
    thresholds: risesInto([threshold, 'red']),
    min: 0,
    alerts: ['ServiceRestarting', 'ServiceDown'],
    related: [{ dashboard: 'telltale-errors', panel: 'versions' }],
    noValue,
  });
}
