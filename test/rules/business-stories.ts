/** BusinessActivityDrop. Requests are recorded, which takes two samples in five minutes: 15 an hour. */
import { api, payments, phases, requests, series, staging, target } from './series.ts';
import { type Labels, type Series, type Story, storiesOf } from './story.ts';

const week = 7 * 24 * 15;

/** An hourly pace for a week, and another from then on. */
const pace = (before: number, after: number): string => phases([before / 15, week], [after / 15, 45]);
const activity = (metric: string, who: Labels, samples: string, instance = 'a:3000', more: Labels = {}): Series =>
  series(metric, { ...target(who, 'app', instance), ...more }, samples);
const worker = { environment: 'production', service: 'worker' } as const;

const tenMinuteWeek = 7 * 24 * 6;

/** Counters need no records, so ten minutes between samples do. */
const perCounter = (metric: string): readonly Story[] =>
  storiesOf('BusinessActivityDrop', metric.replaceAll('_', '-'), [
    {
      title: 'fires half an hour after it fell to 48 % of last week, and ends with it; 52 % is silent',
      proves: ['above', 'below', 'before-for', 'recovery', 'instances', 'services'],
      clock: '10m',
      series: [
        activity(metric, api, phases([100, tenMinuteWeek], [48, 12], [100, 12])),
        activity(metric, api, phases([100, tenMinuteWeek], [48, 12], [100, 12]), 'b:3000'),
        activity(metric, payments, phases([100, tenMinuteWeek], [52, 24])),
      ],
      steps: [
        { at: '10080m', pending: [] },
        { at: '10150m', pending: [{ ...api, activity: metric }] },
        { at: '10180m', firing: [{ ...api, activity: metric }], pending: [] },
        { at: '10290m', pending: [] },
      ],
    },
    {
      title: 'needs 20 last week, counts what vanished as nothing, survives a reset, and is silent without a last week',
      proves: ['guard', 'services', 'counter-reset', 'no-traffic'],
      clock: '10m',
      series: [
        activity(metric, api, phases([22 / 6, tenMinuteWeek], [0, 12])),
        activity(metric, payments, phases([18 / 6, tenMinuteWeek], [0, 12])),
        activity(metric, staging, `${phases([10, tenMinuteWeek])} stale`),
        activity(metric, worker, `${phases([10, tenMinuteWeek])} ${phases([10, 12])}`),
        activity(
          metric,
          { ...worker, environment: 'staging' },
          `_x${tenMinuteWeek - 100} ${phases([10, 60], [0, 60])}`,
        ),
      ],
      steps: [
        {
          at: '10190m',
          firing: [
            { ...api, activity: metric },
            { ...staging, activity: metric },
          ],
          pending: [],
        },
      ],
    },
  ]);

export const businessStories = [
  ...storiesOf('BusinessActivityDrop', 'requests', [
    {
      title: 'fires half an hour after requests fell to 48 % of last week, scanners or not; 52 % is silent',
      proves: ['above', 'below', 'before-for', 'recovery', 'exact', 'services'],
      clock: '4m',
      series: [
        requests(api, phases([100, week], [48, 30], [100, 30])),
        requests(api, phases([0, week], [1_000, 60]), { route: 'unmatched', status: '404' }),
        requests(payments, phases([100, week], [52, 60])),
      ],
      steps: [
        { at: '10080m', pending: [] },
        { at: '10160m', pending: [{ ...api, activity: 'requests' }] },
        {
          at: '10176m',
          firing: [{ ...api, activity: 'requests' }],
          texts: {
            summary: 'requests of api (production) is at 48% of the same hour last week',
            description:
              'requests of api (production) has been under 50 % of the same hour a week ago (when there were at least 20) for 30 min. Users may be unable to reach the service, or to finish what they came for, with every target up.',
          },
        },
        { at: '10290m', pending: [] },
      ],
    },
    {
      title: 'needs 20 last week, counts what vanished as nothing, survives a reset, and is silent without a last week',
      proves: ['guard', 'services', 'counter-reset', 'no-traffic'],
      clock: '4m',
      series: [
        requests(api, pace(22, 0)),
        requests(payments, pace(18, 0)),
        requests(staging, `${phases([10, week])} stale`),
        requests(worker, `${phases([10, week])} ${phases([10, 30])}`),
      ],
      steps: [
        {
          at: '10190m',
          firing: [
            { ...api, activity: 'requests' },
            { ...staging, activity: 'requests' },
          ],
          pending: [],
        },
      ],
    },
  ]),
  ...['content_created_total', 'assignments_completed_total', 'payments_total'].flatMap(perCounter),
];
