/** MemoryUsageHigh and DiskSpaceLow. */
import { filesystem, type FilesystemSamples } from './filesystem-series.ts';
import { flat, levels, platform, series, target } from './series.ts';
import { type Labels, type Series, storiesOf } from './story.ts';

const memory = (instance: string, available: string): readonly Series[] => [
  series('node_memory_MemAvailable_bytes', target(platform, 'node', instance), available),
  series('node_memory_MemTotal_bytes', target(platform, 'node', instance), flat(1_000)),
];
const container = (name: string, used: string, limit: number): readonly Series[] => {
  const labels = { ...target(platform, 'cadvisor', 'cadvisor:8080'), name, image: name };
  return [
    series('container_memory_working_set_bytes', labels, used),
    series('container_spec_memory_limit_bytes', labels, flat(limit)),
  ];
};
const host = (instance: string): Labels => ({ ...platform, instance });
const disk = (mountpoint: string): Labels => ({
  ...platform,
  instance: 'node:9100',
  device: `/dev${mountpoint}`,
  mountpoint,
});

const shrinking = (perSample: number, from: number): FilesystemSamples => ({
  available: `${from}-${perSample}x90`,
  size: 1_000,
});
const steady = (available: number): FilesystemSamples => ({ available: flat(available), size: 1_000 });

export const infrastructureStories = [
  ...storiesOf('MemoryUsageHigh', 'host', [
    {
      title: 'fires at 85.1 % after 10 minutes for just that host, and ends with it; 84.9 % is silent',
      proves: ['above', 'below', 'before-for', 'recovery', 'exact', 'instances'],
      series: [...memory('node-1:9100', levels([149, 20], [500, 30])), ...memory('node-2:9100', flat(151))],
      steps: [
        { at: '9m', pending: [host('node-1:9100')] },
        {
          at: '11m',
          firing: [host('node-1:9100')],
          texts: {
            summary: 'Memory of host node-1:9100 (production) is 85.1% used',
            description:
              'More than 85 % of the memory of host node-1:9100 (production) has been in use for 10 min. When it runs out, the kernel kills a process, and users see its requests fail.',
          },
        },
        { at: '25m', pending: [] },
      ],
    },
  ]),
  ...storiesOf('MemoryUsageHigh', 'container', [
    {
      title: 'fires at 86 % of its limit; 84 %, no limit and no name are silent',
      proves: ['above', 'below', 'before-for', 'recovery', 'instances'],
      series: [
        ...container('api', levels([860, 20], [100, 30]), 1_000),
        ...container('payments', flat(840), 1_000),
        ...container('unlimited', flat(900), 0),
        ...container('', flat(900), 1_000),
      ],
      steps: [
        { at: '9m', pending: [{ ...host('cadvisor:8080'), name: 'api' }] },
        { at: '11m', firing: [{ ...host('cadvisor:8080'), name: 'api' }], pending: [] },
        { at: '25m', pending: [] },
      ],
    },
  ]),
  ...storiesOf('DiskSpaceLow', 'filling', [
    {
      title: 'fires at 14 % free and full within 6 h, after 15 minutes; not when it fills slowly or has 16 % left',
      proves: ['above', 'below', 'before-for', 'exact', 'instances'],
      series: [
        ...filesystem('/data', shrinking(0.5, 149)),
        ...filesystem('/slow', shrinking(0.3, 149)),
        ...filesystem('/roomy', shrinking(0.7, 175)),
        ...filesystem('/flat', steady(140)),
      ],
      steps: [
        { at: '10m', pending: [disk('/data')] },
        {
          at: '18m',
          firing: [disk('/data')],
          texts: {
            summary: '14% free on /data on node:9100 (production)',
            description:
              'The file system /data on node:9100 (production) has been under 15 % free and full within 6 h, or under 5 % free, for 15 min. When it is full, databases stop accepting writes, and users lose what they do.',
          },
        },
      ],
    },
    {
      title: 'ends when it stops filling, and leaves out what is read-only or virtual',
      proves: ['recovery', 'below'],
      series: [
        ...filesystem('/data', { available: '149-0.5x20 500x90', size: 1_000 }),
        ...filesystem('/cdrom', { ...shrinking(0.5, 149), readonly: 1 }),
        ...filesystem('/run', { ...shrinking(0.5, 149), fstype: 'tmpfs' }),
        ...filesystem('/layers', { ...shrinking(0.5, 149), fstype: 'overlay' }),
        ...filesystem('/fuse', { ...shrinking(0.5, 149), fstype: 'fuse.lxcfs' }),
      ],
      steps: [
        { at: '18m', firing: [disk('/data')] },
        { at: '25m', pending: [] },
      ],
    },
  ]),
  ...storiesOf('DiskSpaceLow', 'nearly-full', [
    {
      title: 'fires at 4.9 % free however steady, not at 5.1 %, and ends with it',
      proves: ['above', 'below', 'before-for', 'recovery', 'instances'],
      series: [
        ...filesystem('/data', { available: levels([49, 30], [500, 30]), size: 1_000 }),
        ...filesystem('/other', steady(51)),
        ...filesystem('/cdrom', { ...steady(0), readonly: 1 }),
        ...filesystem('/snap', { ...steady(0), fstype: 'squashfs' }),
      ],
      steps: [
        { at: '14m', pending: [disk('/data')] },
        { at: '16m', firing: [disk('/data')], pending: [] },
        { at: '35m', pending: [] },
      ],
    },
  ]),
];
