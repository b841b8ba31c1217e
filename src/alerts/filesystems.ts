/** File systems that can fill up: not the read-only ones, and not those that only look like disks. */
import { identityLabels } from '../catalog/exposers.ts';
import { nodeExporterCatalog, virtualFilesystems } from '../catalog/node-exporter.ts';
import type { Duration } from '../objectives/duration.ts';
import { type Expression, promql } from '../promql/expression.ts';
import { maxBy, minBy, predictLinear, ratio } from '../promql/functions.ts';
import { gauge, notMatching } from '../promql/selector.ts';

/** What is left of the labels of a file system. */
export const perFilesystem = [...identityLabels, 'instance', 'device', 'mountpoint'] as const;

const { filesystemAvailable, filesystemReadonly, filesystemSize } = nodeExporterCatalog;
const real = { fstype: notMatching(virtualFilesystems.join('|')) } as const;

/** Share of space that is free (0-1), of real file systems only: what is joined to it needs no such matcher. */
export const freeRatio = ratio(
  minBy(perFilesystem, gauge(filesystemAvailable, real)),
  minBy(perFilesystem, gauge(filesystemSize)),
);

/** For `and`: file systems that can be written to. */
export const writable = promql`${maxBy(perFilesystem, gauge(filesystemReadonly))} == ${0}`;

/** For `and`: full in so many seconds, if it goes on as in the window. */
export function fullWithin(seconds: number, window: Duration): Expression<(typeof perFilesystem)[number]> {
  return promql`${minBy(perFilesystem, predictLinear(gauge(filesystemAvailable), window, seconds))} < ${0}`;
}
