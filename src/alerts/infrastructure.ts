/** Is a host or a container running out of something that cannot wait. */
import { cadvisorCatalog } from '../catalog/cadvisor.ts';
import { identityLabels } from '../catalog/exposers.ts';
import { nodeExporterCatalog } from '../catalog/node-exporter.ts';
import { humanDuration, percent } from '../objectives/in-words.ts';
import type { Model } from '../model/model.ts';
import { promql } from '../promql/expression.ts';
import { complement, maxBy, ratio } from '../promql/functions.ts';
import { gauge, not } from '../promql/selector.ts';
import { type Alert, defineAlert } from './alert.ts';
import { freeRatio, fullWithin, writable } from './filesystems.ts';
import { templateWords, value } from './go-template.ts';
import { holdOf, windowOf } from './rule-clock.ts';

const perHost = [...identityLabels, 'instance'] as const;
const perContainer = [...perHost, 'name'] as const;

export function infrastructureAlerts(model: Model): readonly Alert[] {
  return [memoryUsageHigh(model), diskSpaceLow(model)];
}

function memoryUsageHigh(model: Model): Alert {
  const { threshold, for: hold } = model.knobs.MemoryUsageHigh;
  const { environment, label, ifLabel } = templateWords(model);
  const { memoryAvailable, memoryTotal } = nodeExporterCatalog;
  const { memory, memoryLimit } = cadvisorCatalog;
  const host = complement(ratio(maxBy(perHost, gauge(memoryAvailable)), maxBy(perHost, gauge(memoryTotal))));
  // A limit of 0 means that there is none; slices of the control group tree have no name.
  const limit = promql`${maxBy(perContainer, gauge(memoryLimit))} > ${0}`;
  const container = ratio(maxBy(perContainer, gauge(memory, { name: not('') })), limit);
  const what = ifLabel(
    'name',
    `container ${label('name', memory)} on ${label('instance')}`,
    `host ${label('instance')}`,
    memory,
  );
  return defineAlert({
    name: 'MemoryUsageHigh',
    group: 'infrastructure',
    branches: [
      {
        id: 'host',
        expression: promql`${host} > ${threshold}`,
        describes: `more than ${percent(threshold)} of the memory of a host is in use`,
      },
      {
        id: 'container',
        expression: promql`${container} > ${threshold}`,
        describes: `a container uses more than ${percent(threshold)} of its memory limit`,
      },
    ],
    for: holdOf(model, hold),
    severity: 'warning',
    component: 'infrastructure',
    annotations: {
      summary: `Memory of ${what} (${environment}) is ${value.percentage} used`,
      description: `More than ${percent(threshold)} of the memory of ${what} (${environment}) has been in use for ${humanDuration(hold)}. When it runs out, the kernel kills a process, and users see its requests fail.`,
      impact: 'The next peak may kill a service or its database.',
      action:
        'Find what grew: the memory of each process or container since the last deploy; restart what leaks, or raise its limit.',
    },
    panel: { dashboard: 'telltale-infrastructure', panel: 'memory' },
  });
}

function diskSpaceLow(model: Model): Alert {
  const knobs = model.knobs.DiskSpaceLow;
  const { environment, label } = templateWords(model);
  const full = fullWithin(knobs.forecastHours * 3_600, windowOf(model, knobs.forecastWindow));
  const disk = `${label('mountpoint', nodeExporterCatalog.filesystemSize)} on ${label('instance')} (${environment})`;
  const limits = `under ${percent(knobs.freeRatio)} free and full within ${knobs.forecastHours} h, or under ${percent(knobs.criticalFreeRatio)} free`;
  return defineAlert({
    name: 'DiskSpaceLow',
    group: 'infrastructure',
    branches: [
      {
        id: 'filling',
        expression: promql`${freeRatio} < ${knobs.freeRatio} and ${full} and ${writable}`,
        describes: `under ${percent(knobs.freeRatio)} is free, and at the pace of the last ${humanDuration(knobs.forecastWindow)} it is full within ${knobs.forecastHours} h`,
      },
      {
        id: 'nearly-full',
        expression: promql`${freeRatio} < ${knobs.criticalFreeRatio} and ${writable}`,
        describes: `under ${percent(knobs.criticalFreeRatio)} is free`,
      },
    ],
    for: holdOf(model, knobs.for),
    severity: 'critical',
    component: 'infrastructure',
    annotations: {
      summary: `${value.percentage} free on ${disk}`,
      description: `The file system ${disk} has been ${limits}, for ${humanDuration(knobs.for)}. When it is full, databases stop accepting writes, and users lose what they do.`,
      impact: 'Writes fail, the database may stop, and monitoring loses its history.',
      action:
        'Find what grew (logs, images, backups, write-ahead log) and make room; then see to it that it cannot grow again.',
    },
    panel: { dashboard: 'telltale-infrastructure', panel: 'disk-space' },
  });
}
