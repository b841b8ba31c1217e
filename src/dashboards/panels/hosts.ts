/** Hosts: processor, memory, disks, network. They belong to no service. */
import { nodeExporterCatalog as node } from '../../catalog/node-exporter.ts';
import { rateInterval } from '../../objectives/duration.ts';
import { percent } from '../../objectives/in-words.ts';
import type { Expression } from '../../promql/expression.ts';
import { aggregate, complement, maxBy, rate, ratio, sumBy } from '../../promql/functions.ts';
import { counter, gauge, type Matchers, notMatching } from '../../promql/selector.ts';
import type { Model } from '../../model/model.ts';
import type { Row, Target, TimeseriesPanel } from '../panel.ts';
import { diskForecast, diskSpace } from './disks.ts';
import { graph } from './shapes.ts';
import { risesInto } from './thresholds.ts';

export const perHost = ['environment', 'instance'] as const;
export const hostLegend = '{{environment}}/{{instance}}';
export const noHost = 'No host is scraped: is node_exporter up?';

type PerHost = (typeof perHost)[number];

/** Not the interfaces of containers and bridges: their bytes are counted on the real ones. */
const realDevices = { device: notMatching('lo|veth.*|docker.*|br-.*|cni.*|flannel.*|cali.*') };

const idle = rate(counter(node.cpu, { mode: 'idle' }), rateInterval);

/** Share (0-1) of processor time that is not idle. */
const cpuBusy: Expression<PerHost> = complement(aggregate('avg', perHost, idle));

/** Share (0-1) of memory that programs cannot get. */
export const memoryUse: Expression<PerHost> = complement(
  ratio(maxBy(perHost, gauge(node.memoryAvailable)), maxBy(perHost, gauge(node.memoryTotal))),
);

export function hostsRow(model: Model): Row {
  return {
    title: 'Is a host saturated?',
    panels: [processor(), memory(model), diskSpace(model), diskForecast(model), diskBusy(), throughput()],
  };
}

function processor(): TimeseriesPanel {
  return graph({
    key: 'cpu',
    title: 'Processor',
    description:
      'Share of processor time in use, and at the right, dashed, the load per processor. Good: room left, and a load under 1: above it work waits.',
    unit: 'ratio',
    targets: [
      { expression: cpuBusy, legend: `${hostLegend} busy` },
      {
        expression: ratio(maxBy(perHost, gauge(node.load1)), aggregate('count', perHost, idle)),
        legend: `${hostLegend} load`,
        muted: true,
        rightAxis: 'cores',
      },
    ],
    min: 0,
    softMax: 1,
    related: [{ dashboard: 'telltale-api', panel: 'latency' }],
    noValue: noHost,
  });
}

function memory({ knobs }: Model): TimeseriesPanel {
  const { threshold } = knobs.MemoryUsageHigh;
  return graph({
    key: 'memory',
    title: 'Memory',
    description: `Share of the memory of each host that programs cannot get. Good: flat, and under ${percent(threshold)}, where MemoryUsageHigh fires.`,
    unit: 'ratio',
    targets: [{ expression: memoryUse, legend: hostLegend }],
    thresholds: risesInto([threshold, 'red']),
    min: 0,
    max: 1,
    alerts: ['MemoryUsageHigh'],
    noValue: noHost,
  });
}

function diskBusy(): TimeseriesPanel {
  return graph({
    key: 'disk-busy',
    title: 'Disks busy',
    description: 'Share of time in which each disk was busy. Good: peaks only; near 100 % for long is a queue.',
    unit: 'ratio',
    targets: [
      {
        expression: maxBy([...perHost, 'device'], rate(counter(node.diskIoTime), rateInterval)),
        legend: `${hostLegend} {{device}}`,
      },
    ],
    min: 0,
    softMax: 1,
    related: [{ dashboard: 'telltale-database', panel: 'query-time' }],
    noValue: noHost,
  });
}

type Bytes = (typeof node)['networkReceived' | 'networkSent' | 'diskRead' | 'diskWritten'];

function bytes(metric: Bytes, name: string, devices: Matchers<Bytes> = {}): Target {
  return {
    expression: sumBy(perHost, rate(counter(metric, devices), rateInterval)),
    legend: `${hostLegend} ${name}`,
  };
}

function throughput(): TimeseriesPanel {
  return graph({
    key: 'throughput',
    title: 'Network and disk throughput',
    description:
      'Bytes a second through the network and the disks of each host. Good: follows the load; a plateau is a limit.',
    unit: 'bytes_per_second',
    targets: [
      bytes(node.networkReceived, 'received', realDevices),
      bytes(node.networkSent, 'sent', realDevices),
      bytes(node.diskRead, 'read'),
      bytes(node.diskWritten, 'written'),
    ],
    min: 0,
    noValue: noHost,
  });
}
