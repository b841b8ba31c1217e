/** Queries on the Node processes and their hosts. */
import { cadvisorCatalog } from '../../catalog/cadvisor.ts';
import { exposers, type ExposerSpec, identityLabels } from '../../catalog/exposers.ts';
import { jobsCatalog } from '../../catalog/jobs.ts';
import { nodeExporterCatalog } from '../../catalog/node-exporter.ts';
import { nodejsCatalog } from '../../catalog/nodejs.ts';
import type { Duration } from '../../objectives/duration.ts';
import { type Expression, promql } from '../../promql/expression.ts';
import {
  changes,
  complement,
  maxBy,
  minBy,
  overTime,
  predictLinear,
  rate,
  ratio,
  sumBy,
  topk,
} from '../../promql/functions.ts';
import { counter, gauge, not, notMatching, total } from '../../promql/selector.ts';

const perInstance = [...identityLabels, 'instance'] as const;

const jobs = Object.values<ExposerSpec>(exposers).flatMap(({ job }) => (job === undefined ? [] : [job]));
const exporterJobs = [...new Set(jobs)];
/** Exporters are processes too; these are the services' own. */
const own = { job: notMatching(exporterJobs.join('|')) } as const;

export const eventLoopLagP99: Expression = maxBy(perInstance, gauge(nodejsCatalog.eventLoopLagP99));

export const eventLoopBusy: Expression = maxBy(perInstance, gauge(nodejsCatalog.eventLoopUtilization));

/** Processor cores that each instance uses; a Node process runs JavaScript on one. */
export const cpuCores: Expression = sumBy(perInstance, rate(counter(nodejsCatalog.cpu, own), '5m'));

/** Share of the heap limit in use: near 1 the process dies. */
export const heapShare: Expression = ratio(
  sumBy(perInstance, gauge(nodejsCatalog.heapUsed)),
  sumBy(perInstance, gauge(nodejsCatalog.heapLimit)),
);

/** Share of time spent in garbage collection. */
export const gcShare: Expression = sumBy(perInstance, rate(total(nodejsCatalog.gcDuration), '5m'));

export const residentMemory: Expression = topk(10, sumBy(perInstance, gauge(nodejsCatalog.residentMemory, own)));

/** Growth of resident memory over the last hour, in bytes. */
export const memoryGrowth: Expression = promql`${sumBy(perInstance, gauge(nodejsCatalog.residentMemory, own))} - ${sumBy(
  perInstance,
  gauge(nodejsCatalog.residentMemory, own).offset('1h'),
)}`;

export const openFileShare: Expression = ratio(
  maxBy(perInstance, gauge(nodejsCatalog.openFds, own)),
  maxBy(perInstance, gauge(nodejsCatalog.maxFds, own)),
);

export function restarts(window: Duration): Expression {
  return sumBy(perInstance, changes(gauge(nodejsCatalog.startTime, own), window));
}

/** Seconds that each instance has been running. */
export const uptime: Expression = promql`time() - ${maxBy(perInstance, gauge(nodejsCatalog.startTime, own))}`;

export const queueDepth: Expression = maxBy([...identityLabels, 'queue'], gauge(jobsCatalog.queueDepth));

const byHost = ['environment', 'instance'] as const;
/** Read-only and virtual file systems never fill up. */
const diskMatchers = { fstype: notMatching('tmpfs|ramfs|overlay|squashfs|iso9660|fuse.*') } as const;

export const hostMemoryShare: Expression = complement(
  ratio(
    minBy(byHost, gauge(nodeExporterCatalog.memoryAvailable)),
    minBy(byHost, gauge(nodeExporterCatalog.memoryTotal)),
  ),
);

export const diskFreeShare: Expression = ratio(
  minBy([...byHost, 'mountpoint'], gauge(nodeExporterCatalog.filesystemAvailable, diskMatchers)),
  minBy([...byHost, 'mountpoint'], gauge(nodeExporterCatalog.filesystemSize, diskMatchers)),
);

/** Bytes free in so many seconds, if it goes on as in the window: below 0 is full. */
export function diskForecast(window: Duration, seconds: number): Expression {
  return minBy(
    [...byHost, 'mountpoint'],
    predictLinear(gauge(nodeExporterCatalog.filesystemAvailable, diskMatchers), window, seconds),
  );
}

export const diskBusyShare: Expression = topk(
  10,
  sumBy([...byHost, 'device'], rate(counter(nodeExporterCatalog.diskIoTime), '5m')),
);

/** Cores of the host that are busy. */
export const hostCpuCores: Expression = sumBy(
  byHost,
  rate(counter(nodeExporterCatalog.cpu, { mode: not('idle') }), '5m'),
);

/** Share of their limit that containers use; those without a limit are left out. */
export const containerMemoryShare: Expression = promql`${sumBy(
  ['environment', 'name'],
  gauge(cadvisorCatalog.memory, { name: not('') }),
)} / (${sumBy(['environment', 'name'], gauge(cadvisorCatalog.memoryLimit, { name: not('') }))} > 0)`;

/** The greatest event loop lag of the last hour. */
export const worstLagOfTheHour: Expression = maxBy(
  perInstance,
  overTime('max', gauge(nodejsCatalog.eventLoopLagP99), '1h'),
);
