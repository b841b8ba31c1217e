/** Space on file systems that can fill up: now, and if it goes on like this. */
import { nodeExporterCatalog as node, virtualFilesystems } from '../../catalog/node-exporter.ts';
import { metaAlertKnobs } from '../../objectives/meta-alert-knobs.ts';
import { percent } from '../../objectives/in-words.ts';
import type { Duration } from '../../objectives/duration.ts';
import { type Expression, promql } from '../../promql/expression.ts';
import { maxBy, minBy, predictLinear, ratio } from '../../promql/functions.ts';
import { gauge, notMatching } from '../../promql/selector.ts';
import type { Model } from '../../model/model.ts';
import type { Target, TimeseriesPanel } from '../panel.ts';
import { graph } from './shapes.ts';
import { fallsBelow } from './thresholds.ts';

const perFilesystem = ['environment', 'instance', 'mountpoint'] as const;
const legend = '{{environment}}/{{instance}} {{mountpoint}}';
const noValue = 'No writable file system is reported: is node_exporter up?';
const secondsPerHour = 3_600;

const real = { fstype: notMatching(virtualFilesystems.join('|')) };
const available = gauge(node.filesystemAvailable, real);
const size = minBy(perFilesystem, gauge(node.filesystemSize, real));
const readonly = promql`${maxBy(perFilesystem, gauge(node.filesystemReadonly, real))} == 1`;

/** Share (0-1) of each writable file system that is free. */
export const freeRatio: Expression = promql`${ratio(minBy(perFilesystem, available), size)} unless ${readonly}`;

export function diskSpace({ knobs }: Model): TimeseriesPanel {
  const { freeRatio: low, criticalFreeRatio } = knobs.DiskSpaceLow;
  return graph({
    key: 'disk-space',
    title: 'Disk space free',
    description: `Share of each writable file system that is free. Good: flat; DiskSpaceLow fires under ${percent(criticalFreeRatio)}, or under ${percent(low)} and filling.`,
    unit: 'ratio',
    targets: [{ expression: freeRatio, legend }],
    thresholds: fallsBelow([criticalFreeRatio, 'yellow'], [low, 'green']),
    min: 0,
    max: 1,
    alerts: ['DiskSpaceLow', 'DiskFullTomorrow'],
    noValue,
  });
}

export function diskForecast({ knobs }: Model): TimeseriesPanel {
  const { forecastHours, forecastWindow } = knobs.DiskSpaceLow;
  const tomorrow = metaAlertKnobs.DiskFullTomorrow;
  return graph({
    key: 'disk-forecast',
    title: 'Disk space forecast',
    description: `Share that will be free in ${forecastHours} h and in ${tomorrow.forecastHours} h at the pace of the last hours. Good: above 0; below it the disk is full by then.`,
    unit: 'ratio',
    targets: [
      forecast(forecastHours, forecastWindow, false),
      forecast(tomorrow.forecastHours, tomorrow.forecastWindow, true),
    ],
    thresholds: fallsBelow([0, 'green']),
    softMin: -0.1,
    softMax: 1,
    alerts: ['DiskSpaceLow', 'DiskFullTomorrow'],
    noValue,
  });
}

function forecast(hours: number, window: Duration, muted: boolean): Target {
  const free = minBy(perFilesystem, predictLinear(available, window, hours * secondsPerHour));
  return { expression: promql`${ratio(free, size)} unless ${readonly}`, legend: `${legend} in ${hours} h`, muted };
}
