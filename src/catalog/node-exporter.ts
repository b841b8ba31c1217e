/** Hosts, through node_exporter (>= 1.5). */
import { cpu, cpuMode, device, fstype, mountpoint } from './labels.ts';
import type { MetricCatalog } from './metric.ts';

const from = { exposedBy: 'node-exporter', otel: null, versions: '>=1.5' } as const;
const filesystem = { ...from, kind: 'gauge', labels: { device, fstype, mountpoint } } as const;

export const nodeExporterCatalog = {
  cpu: {
    ...from,
    name: 'node_cpu_seconds_total',
    kind: 'counter',
    unit: 'seconds',
    help: 'CPU time of the host by mode.',
    labels: { cpu, mode: cpuMode },
  },
  load1: {
    ...from,
    name: 'node_load1',
    kind: 'gauge',
    unit: 'items',
    help: 'Load average over one minute.',
    labels: {},
  },
  memoryAvailable: {
    ...from,
    name: 'node_memory_MemAvailable_bytes',
    kind: 'gauge',
    unit: 'bytes',
    help: 'Memory that programs can still get without swapping.',
    labels: {},
  },
  memoryTotal: {
    ...from,
    name: 'node_memory_MemTotal_bytes',
    kind: 'gauge',
    unit: 'bytes',
    help: 'Memory of the host.',
    labels: {},
  },
  filesystemAvailable: {
    ...filesystem,
    name: 'node_filesystem_avail_bytes',
    unit: 'bytes',
    help: 'Space left for programs without root.',
  },
  filesystemSize: {
    ...filesystem,
    name: 'node_filesystem_size_bytes',
    unit: 'bytes',
    help: 'Size of the file system.',
  },
  filesystemReadonly: {
    ...filesystem,
    name: 'node_filesystem_readonly',
    unit: 'state',
    help: '1 if the file system is mounted read-only.',
  },
  diskIoTime: {
    ...from,
    name: 'node_disk_io_time_seconds_total',
    kind: 'counter',
    unit: 'seconds',
    help: 'Time that the disk was busy.',
    labels: { device },
  },
  diskRead: {
    ...from,
    name: 'node_disk_read_bytes_total',
    kind: 'counter',
    unit: 'bytes',
    help: 'Bytes read from the disk.',
    labels: { device },
  },
  diskWritten: {
    ...from,
    name: 'node_disk_written_bytes_total',
    kind: 'counter',
    unit: 'bytes',
    help: 'Bytes written to the disk.',
    labels: { device },
  },
  networkReceived: {
    ...from,
    name: 'node_network_receive_bytes_total',
    kind: 'counter',
    unit: 'bytes',
    help: 'Bytes received.',
    labels: { device },
  },
  networkSent: {
    ...from,
    name: 'node_network_transmit_bytes_total',
    kind: 'counter',
    unit: 'bytes',
    help: 'Bytes sent.',
    labels: { device },
  },
} as const satisfies MetricCatalog;

/** Types of file systems that are kept in memory, layered over others, or always full by design (RE2). */
export const virtualFilesystems: readonly string[] = [
  'autofs',
  'configfs',
  'devtmpfs',
  'efivarfs',
  'fuse\\..*',
  'iso9660',
  'nsfs',
  'overlay',
  'proc',
  'ramfs',
  'squashfs',
  'sysfs',
  'tmpfs',
];
