/** ErrorBudgetBurnFast and ErrorBudgetBurnSlow. The history before a burn keeps the other branch quiet. */
import { api, growing, payments, phases, requests, timedRequests } from './series.ts';
import { storiesOf } from './story.ts';

const failed = { status: '500' } as const;
const availability = { ...api, slo: 'availability' } as const;
const latency = { ...api, slo: 'latency' } as const;

/** Bad requests one by one: the first so many intervals in, then every so many. */
function oneEvery(intervals: number, times: number, first: number): string {
  const each = Array.from({ length: times - 1 }, () => [[0, intervals - 1] as const, [1, 1] as const]).flat();
  return phases([0, first - 1], [1, 1], ...each, [0, intervals * 4]);
}

export const sloStories = [
  ...storiesOf('ErrorBudgetBurnFast', 'burn-1h-5m', [
    {
      title: 'fires once 1.44 % of an hour is bad, and ends soon after the burn, though some go on failing',
      proves: ['above', 'before-for', 'recovery'],
      series: [requests(api, growing(984, 480)), requests(api, phases([0, 300], [16, 65], [10, 100]), failed)],
      steps: [
        { at: '350m', pending: [] },
        { at: '357m', pending: [availability] },
        { at: '362m', firing: [availability] },
        { at: '375m', pending: [] },
      ],
    },
    {
      title: 'is silent at 1.4 % of an hour',
      proves: ['below'],
      series: [requests(api, growing(986, 480)), requests(api, phases([0, 300], [14, 100]), failed)],
      steps: [{ at: '390m', pending: [] }],
    },
    {
      title: 'is silent when a short burst leaves the hour good',
      proves: ['below'],
      series: [requests(api, growing(900, 480)), requests(api, phases([0, 300], [100, 1], [0, 60]), failed)],
      steps: [
        { at: '303m', pending: [] },
        { at: '305m', pending: [] },
      ],
    },
    {
      title: 'needs 5 bad requests: at night, 8 page and 4 do not',
      proves: ['guard', 'services'],
      series: [
        requests(api, phases([100, 240], [1, 90])),
        requests(api, phases([0, 300], [1, 8], [0, 30]), failed),
        requests(payments, phases([100, 240], [1, 90])),
        requests(payments, oneEvery(2, 4, 301), failed),
      ],
      steps: [{ at: '310m', firing: [availability], pending: [] }],
    },
    {
      title: 'does not take 4xx on unmatched for requests, nor a reset for errors',
      proves: ['above', 'exact', 'counter-reset', 'instances', 'services'],
      series: [
        requests(api, growing(491, 60)),
        requests(api, growing(9, 60), failed),
        requests(api, growing(493, 60), { instance: 'b:3000' }),
        requests(api, growing(7, 60), { ...failed, instance: 'b:3000' }),
        requests(api, growing(50_000, 60), { route: 'unmatched', status: '404' }),
        requests(payments, `${growing(1_000, 30)} ${growing(1_000, 30)}`),
        requests(payments, `${growing(5, 30)} ${growing(5, 30)}`, failed),
      ],
      steps: [
        {
          at: '50m',
          firing: [availability],
          pending: [],
          texts: {
            summary: 'SLO availability of api (production) is burning its error budget: 1.6% of requests are bad',
            description:
              'The error budget of SLO availability of api (production) is spent faster than sustainable (14.4x over 1 h and 5 min, or 6x over 6 h and 30 min), with at least 5 bad requests. At this rate the promise for 30 days will be broken.',
          },
        },
      ],
    },
    {
      title: 'is silent without traffic, and in the first minutes of a service that fails once',
      proves: ['no-traffic', 'guard', 'services'],
      series: [
        requests(api, '1000x60'),
        requests(api, '500x60', failed),
        requests(payments, growing(2, 60)),
        requests(payments, phases([0, 2], [1, 1], [0, 60]), failed),
      ],
      steps: [
        { at: '6m', pending: [] },
        { at: '40m', pending: [] },
      ],
    },
    {
      title: 'burns the latency budget at 14.5 % of requests over 0.5 s, not at 5.9 %',
      proves: ['above', 'below', 'services'],
      series: [
        ...timedRequests(api, { '0.5': 855, '+Inf': 1_000 }),
        ...timedRequests(api, { '0.5': 50_000, '+Inf': 50_000 }, { route: 'unmatched', status: '404' }),
        ...timedRequests(payments, { '0.5': 941, '+Inf': 1_000 }),
      ],
      steps: [{ at: '30m', firing: [latency], pending: [] }],
    },
  ]),
  ...storiesOf('ErrorBudgetBurnFast', 'burn-6h-30m', [
    {
      title: 'fires at 0.7 % of six hours, and ends within half an hour of the burn',
      proves: ['above', 'before-for', 'recovery'],
      series: [requests(api, growing(993, 480)), requests(api, phases([7, 360], [0, 100]), failed)],
      steps: [
        { at: '4m', pending: [availability] },
        { at: '6m', firing: [availability] },
        { at: '358m', firing: [availability] },
        { at: '370m', pending: [] },
      ],
    },
    {
      title: 'is silent at 0.5 %',
      proves: ['below'],
      series: [requests(api, growing(995, 480)), requests(api, growing(5, 480), failed)],
      steps: [{ at: '370m', pending: [] }],
    },
    {
      title: 'is silent when half an hour is bad and six hours are good',
      proves: ['below'],
      series: [requests(api, growing(988, 480)), requests(api, phases([0, 340], [12, 20], [0, 60]), failed)],
      steps: [{ at: '360m', pending: [] }],
    },
    {
      title: 'needs 5 bad requests in six hours: 6 page and 4 do not',
      proves: ['guard', 'services'],
      series: [
        requests(api, growing(1, 480)),
        requests(api, oneEvery(50, 6, 60), failed),
        requests(payments, growing(1, 480)),
        requests(payments, oneEvery(50, 4, 60), failed),
      ],
      steps: [
        { at: '240m', pending: [] },
        { at: '330m', firing: [availability], pending: [] },
      ],
    },
  ]),
  ...storiesOf('ErrorBudgetBurnSlow', 'burn-1d-2h', [
    {
      title: 'fires once 0.3 % of a day is bad, and ends within two hours of the burn',
      proves: ['above', 'recovery', 'exact'],
      clock: '2m',
      series: [
        requests(api, phases([20_000, 720], [996.5, 900])),
        requests(api, phases([0, 720], [3.5, 780], [0, 200]), failed),
      ],
      steps: [
        { at: '46h', pending: [] },
        {
          at: '49h',
          firing: [availability],
          texts: {
            summary: 'SLO availability of api (production) is burning its error budget: 0.35% of requests are bad',
            description:
              'The error budget of SLO availability of api (production) is spent faster than sustainable (3x over 24 h and 2 h, or 1x over 3 days and 6 h), with at least 5 bad requests. At this rate the promise for 30 days will be broken.',
          },
        },
        { at: '51h', pending: [] },
      ],
    },
    {
      title: 'is silent at 0.29 % of a day, and when half a day is bad and the other half good',
      proves: ['below', 'services'],
      clock: '2m',
      series: [
        requests(api, phases([20_000, 720], [997.1, 800])),
        requests(api, phases([0, 720], [2.9, 800]), failed),
        requests(payments, phases([20_000, 720], [996, 800])),
        requests(payments, phases([0, 1_110], [4, 360], [0, 60]), failed),
      ],
      steps: [{ at: '49h', pending: [] }],
    },
    {
      title: 'needs 5 bad requests in a day: 6 ticket and 4 do not',
      proves: ['guard', 'services'],
      clock: '2m',
      series: [
        requests(api, phases([1_000, 720], [1, 900])),
        requests(api, oneEvery(90, 6, 1_000), failed),
        requests(payments, phases([1_000, 720], [1, 900])),
        requests(payments, oneEvery(90, 4, 1_180), failed),
      ],
      steps: [
        { at: '2680m', pending: [] },
        { at: '2960m', firing: [availability], pending: [] },
      ],
    },
  ]),
  ...storiesOf('ErrorBudgetBurnSlow', 'burn-3d-6h', [
    {
      title: 'fires at 0.12 %, and is silent at 0.09 %',
      proves: ['above', 'below', 'before-for', 'services'],
      clock: '2m',
      series: [
        requests(api, growing(9_988)),
        requests(api, growing(12), failed),
        requests(payments, growing(9_991)),
        requests(payments, growing(9), failed),
      ],
      steps: [
        { at: '14m', pending: [availability] },
        { at: '30m', firing: [availability], pending: [] },
      ],
    },
    {
      title: 'ends within six hours of the burn',
      proves: ['recovery'],
      clock: '2m',
      series: [requests(api, growing(9_975, 400)), requests(api, phases([25, 180], [0, 200]), failed)],
      steps: [
        { at: '6h', firing: [availability] },
        { at: '10h', pending: [] },
      ],
    },
    {
      title: 'is silent when four hours are bad and the twelve before were good',
      proves: ['below'],
      clock: '2m',
      series: [requests(api, growing(9_975, 600)), requests(api, phases([0, 360], [25, 120]), failed)],
      steps: [{ at: '16h', pending: [] }],
    },
    {
      title: 'needs 5 bad requests in three days: 6 ticket and 4 do not',
      proves: ['guard', 'services'],
      clock: '2m',
      series: [
        requests(api, growing(1, 1_600)),
        requests(api, oneEvery(210, 6, 30), failed),
        requests(payments, growing(1, 1_600)),
        requests(payments, oneEvery(210, 4, 30), failed),
      ],
      steps: [
        { at: '1500m', pending: [] },
        { at: '37h', firing: [availability], pending: [] },
      ],
    },
  ]),
];
