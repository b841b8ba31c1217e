import { humanDuration, percent } from '../../objectives/in-words.ts';
import { metaAlertKnobs } from '../../objectives/meta-alert-knobs.ts';
import type { Model } from '../../model/model.ts';
import { blocksBytes } from '../queries/stack.ts';
import { diskForecast, diskFreeShare } from '../queries/process.ts';
import type { AlertPage } from '../runbook.ts';
import { sh } from '../shell.ts';
import { diskSpaceLow } from './disk-space-low.ts';

export function diskFullTomorrow(model: Model): AlertPage {
  const { freeRatio, forecastHours, forecastWindow, for: holds } = metaAlertKnobs.DiskFullTomorrow;
  const urgent = diskSpaceLow(model);
  const [seeWhich, , seeWhatTakesIt, seeWhatGrows] = urgent.firstFiveMinutes;
  const steps = [seeWhich, seeWhatTakesIt, seeWhatGrows].flatMap((step) => step ?? []);
  return {
    ...urgent,
    alert: 'DiskFullTomorrow',
    meaning: `At the pace of the last ${humanDuration(forecastWindow)} a disk is full within ${forecastHours} hours: a job for today, in daylight.`,
    why: [
      `Only with less than ${percent(freeRatio)} free: a burst of writing on an empty disk is nothing to worry about.`,
      `It must hold for ${humanDuration(holds)}, as one large file makes a steep line for a while.`,
      'It is a warning. If nobody acts, [[alert:DiskSpaceLow]] pages somebody at night.',
    ],
    impact: 'None today. Tomorrow writes fail, and a database on that disk stops.',
    judge: ['SEV4. SEV3 if a database lives there.'],
    firstFiveMinutes: [
      ...steps,
      {
        language: 'promql',
        title: 'See how long it lasts',
        run: diskForecast(forecastWindow, forecastHours * 3_600),
        expected: `Negative: bytes that will be missing in ${forecastHours} hours.`,
        ifNot: 'Positive: it grows more slowly by now. It may end by itself.',
        minutes: 0.5,
      },
    ],
    isItReal: [
      ...urgent.isItReal.slice(0, 1),
      {
        language: 'promql',
        title: 'See whether Prometheus itself grows',
        run: blocksBytes,
        expected: 'Below the size limit of the retention.',
        ifNot:
          'It is the disk of the stack and nearly all of it: lower `stack.retentionSize`, or find the series: [[runbook:monitoring#Common issues]].',
        minutes: 0.5,
      },
      {
        language: 'sh',
        title: 'See whether logs are rotated',
        run: sh`sudo du -xsh /var/log /var/lib/docker/containers 2>/dev/null`,
        expected: 'A few hundred megabytes at most.',
        ifNot: 'Gigabytes: give the containers a log limit (`max-size`, `max-file`).',
        minutes: 0.5,
      },
    ],
    recovered: [
      {
        language: 'promql',
        title: 'See the forecast turn',
        run: diskForecast('1h', forecastHours * 3_600),
        expected: 'Positive.',
        ifNot: 'Negative: what writes is still there.',
        minutes: 60,
      },
      {
        language: 'promql',
        title: 'See room on the disk',
        run: diskFreeShare,
        expected: `Above ${freeRatio}, and not falling.`,
        ifNot: 'It falls: see above.',
        minutes: 5,
      },
    ],
    escalate: [
      'It fires for the second day: to the owner of the host, before [[alert:DiskSpaceLow]] does it at night.',
    ],
    falsePositives: ['A restore, an import or a backfill that is under way: it ends with it.'],
    tuning: {
      knobs: false,
      advice: [
        'The numbers are in `src/objectives/meta-alert-knobs.ts`. Those of the urgent alert are in the config: [[alert:DiskSpaceLow]].',
      ],
    },
    afterwards: ['Put a limit on what filled it: log rotation, retention, an expiry of backups.'],
  };
}
