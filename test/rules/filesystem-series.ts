/** The three series of a file system. */
import { flat, platform, series, target } from './series.ts';
import type { Series } from './story.ts';

export interface FilesystemSamples {
  readonly available: string;
  readonly size: number;
  readonly readonly?: 0 | 1;
  readonly fstype?: string;
}

export function filesystem(
  mountpoint: string,
  { available, size, readonly = 0, fstype = 'ext4' }: FilesystemSamples,
): readonly Series[] {
  const labels = { ...target(platform, 'node', 'node:9100'), device: `/dev${mountpoint}`, mountpoint, fstype };
  return [
    series('node_filesystem_avail_bytes', labels, available),
    series('node_filesystem_size_bytes', labels, flat(size, 2_000)),
    series('node_filesystem_readonly', labels, flat(readonly, 2_000)),
  ];
}
