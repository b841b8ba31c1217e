/** BackupStale. promtool's clock starts at 0, so a backup of yesterday has a negative time. */
import { api, flat, levels, payments, series, staging, target } from './series.ts';
import { type Labels, type Series, storiesOf } from './story.ts';

const lastSuccess = (samples: string, who: Labels = api, backup = 'database', instance = 'cron:9100'): Series =>
  series('backup_last_success_timestamp_seconds', { ...target(who, 'backup', instance), backup }, samples);
const lastRun = (samples: string, backup = 'database', who: Labels = api): Series =>
  series('backup_last_run_status', { ...target(who, 'backup', 'cron:9100'), backup }, samples);

const stale = { ...api, backup: 'database' } as const;
const texts = {
  summary: 'Backup database of api (production) is missing, failed or older than 26 h',
  description:
    'Backup database of api (production) has not succeeded within 26 h, or its last run failed, or it never ran; seen for 15 min. Users notice nothing, until data has to be restored.',
} as const;

export const backupStories = [
  ...storiesOf('BackupStale', 'stale', [
    {
      title: 'fires 15 minutes after the last success is 26 h ago, and ends with the next',
      proves: ['above', 'before-for', 'recovery', 'exact', 'services'],
      series: [
        lastSuccess(levels([-93_300, 30], [1_800, 60])),
        lastSuccess('0x90', api, 'files'),
        lastSuccess('0x90', payments),
      ],
      steps: [
        { at: '4m', pending: [] },
        { at: '15m', pending: [stale] },
        { at: '22m', firing: [stale], texts },
        { at: '32m', pending: [] },
      ],
    },
    {
      title: 'is silent at less than 26 h, and when another host is up to date',
      proves: ['below', 'instances'],
      series: [
        lastSuccess(flat(-90_000)),
        lastSuccess(flat(-200_000), staging, 'files', 'old:9100'),
        lastSuccess(flat(0), staging, 'files'),
      ],
      steps: [{ at: '40m', pending: [] }],
    },
  ]),
  ...storiesOf('BackupStale', 'failed', [
    {
      title:
        'fires 15 minutes after a run failed, though the last success is fresh, and ends with the next that succeeds',
      proves: ['above', 'before-for', 'recovery'],
      series: [lastSuccess(flat(0)), lastRun(levels([1, 5], [0, 25], [1, 30])), lastRun(flat(1), 'files')],
      steps: [
        { at: '15m', pending: [stale] },
        { at: '22m', firing: [stale] },
        { at: '31m', pending: [] },
      ],
    },
    {
      title: 'is silent while runs succeed',
      proves: ['below', 'services'],
      series: [lastSuccess(flat(0)), lastRun(flat(1)), lastRun(flat(1), 'files', payments)],
      steps: [{ at: '30m', pending: [] }],
    },
  ]),
  ...storiesOf('BackupStale', 'never-seen', [
    {
      title: 'fires when a backup of the config was never recorded, whatever others are, and ends with the first',
      proves: ['above', 'before-for', 'recovery', 'services'],
      series: [
        lastSuccess(flat(0), api, 'files'),
        lastSuccess(flat(0), payments),
        lastSuccess(flat(0), staging),
        lastSuccess('_x30 1800x30'),
      ],
      steps: [
        { at: '10m', pending: [stale] },
        { at: '16m', firing: [stale] },
        { at: '32m', pending: [] },
      ],
    },
    {
      title: 'is silent once it was',
      proves: ['below'],
      series: [lastSuccess(flat(0))],
      steps: [{ at: '30m', pending: [] }],
    },
  ]),
];
