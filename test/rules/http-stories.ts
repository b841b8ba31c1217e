/** HighErrorRate and HighResponseTime. */
import { api, growing, payments, phases, requests, staging, timedRequests } from './series.ts';
import { storiesOf } from './story.ts';

const failed = { status: '500' } as const;
const unmatched = { route: 'unmatched', status: '404' } as const;

export const httpStories = [
  ...storiesOf('HighErrorRate', 'error-ratio', [
    {
      title: 'fires at 5.1 % after 5 minutes, and ends with the errors',
      proves: ['above', 'before-for', 'recovery', 'exact'],
      series: [requests(api, growing(949)), requests(api, phases([51, 20], [0, 40]), failed)],
      steps: [
        { at: '5m', pending: [api] },
        {
          at: '7m',
          firing: [api],
          texts: {
            summary: '5.1% of requests to api (production) fail with a 5xx',
            description:
              'More than 5 % of the requests to api (production) have been answered with a 5xx for 5 min, at 0.1 requests/s or more. Users see errors on what they try to do.',
          },
        },
        { at: '35m', pending: [] },
      ],
    },
    {
      title: 'is silent at 4.9 %, whatever else the requests are',
      proves: ['below'],
      series: [
        requests(api, growing(251)),
        requests(api, growing(200), { status: '404' }),
        requests(api, growing(500), { route: 'unmatched' }),
        requests(api, growing(49), failed),
      ],
      steps: [{ at: '20m', pending: [] }],
    },
    {
      title: 'is not diluted by scanners, nor kept over the guard by them',
      proves: ['guard', 'services'],
      series: [
        requests(api, growing(949)),
        requests(api, growing(51), failed),
        requests(api, growing(50_000), unmatched),
        requests(payments, growing(5), failed),
        requests(payments, growing(50_000), unmatched),
      ],
      steps: [{ at: '20m', firing: [api], pending: [] }],
    },
    {
      title: 'needs 0.1 requests/s: 0.11 is enough, 0.09 is not',
      proves: ['guard', 'services'],
      series: [
        requests(api, growing(3.3)),
        requests(api, growing(3.3), failed),
        requests(payments, growing(2.7)),
        requests(payments, growing(2.7), failed),
      ],
      steps: [{ at: '20m', firing: [api], pending: [] }],
    },
    {
      title: 'adds instances up before it divides, and keeps services and environments apart',
      proves: ['instances', 'services'],
      series: [
        requests(payments, growing(90)),
        requests(payments, growing(10), failed),
        requests(payments, growing(9_900), { instance: 'b:3000' }),
        requests(payments, growing(100), { ...failed, instance: 'b:3000' }),
        requests(staging, growing(10)),
        requests(staging, growing(90), failed),
        requests(api, growing(1_000)),
      ],
      steps: [{ at: '20m', firing: [staging], pending: [] }],
    },
    {
      title: 'survives a counter reset without taking it for errors, or for their end',
      proves: ['counter-reset', 'services'],
      series: [
        requests(api, `${growing(949, 10)} ${growing(949)}`),
        requests(api, `${growing(51, 10)} ${growing(51)}`, failed),
        requests(payments, `${growing(960, 10)} ${growing(960)}`),
        requests(payments, `${growing(40, 10)} ${growing(40)}`, failed),
      ],
      steps: [{ at: '13m', firing: [api], pending: [] }],
    },
    {
      title: 'is silent without traffic, after errors long ago',
      proves: ['no-traffic'],
      series: [requests(api, '1000x60'), requests(api, '500x60', failed)],
      steps: [{ at: '20m', pending: [] }],
    },
  ]),
  ...storiesOf('HighResponseTime', 'latency', [
    {
      title: 'fires at a p95 just over 1 s after 10 minutes, and ends with it',
      proves: ['above', 'before-for', 'recovery', 'exact'],
      series: timedRequests(api, { '0.5': 500, '1': 949, '2.5': 1_000, '+Inf': 1_000 }, {}, (perSample) =>
        phases([perSample, 20], [perSample === 949 ? 990 : perSample, 40]),
      ),
      steps: [
        { at: '10m', pending: [api] },
        {
          at: '12m',
          firing: [api],
          texts: {
            summary: 'p95 response time of api (production) is 1.029s',
            description:
              'The p95 of the response time of api (production) has been over 1 s for 10 min, at 0.1 requests/s or more. Users wait.',
          },
        },
        { at: '35m', pending: [] },
      ],
    },
    {
      title: 'is silent just under 1 s',
      proves: ['below'],
      series: timedRequests(api, { '0.5': 500, '1': 951, '2.5': 1_000, '+Inf': 1_000 }),
      steps: [{ at: '30m', pending: [] }],
    },
    {
      title: 'reads the bound of 1 s as Prometheus 3 writes it',
      proves: ['above'],
      series: timedRequests(api, { '0.5': 500, '1.0': 949, '2.5': 1_000, '+Inf': 1_000 }),
      steps: [{ at: '20m', firing: [api] }],
    },
    {
      title: 'is neither made fast by scanners nor kept over the guard by them',
      proves: ['guard', 'services', 'instances'],
      series: [
        ...timedRequests(api, { '1': 470, '2.5': 500, '+Inf': 500 }),
        ...timedRequests(api, { '1': 479, '2.5': 500, '+Inf': 500 }, { instance: 'b:3000' }),
        ...timedRequests(api, { '1': 50_000, '2.5': 50_000, '+Inf': 50_000 }, unmatched),
        ...timedRequests(payments, { '1': 0, '2.5': 5, '+Inf': 5 }),
        ...timedRequests(payments, { '1': 50_000, '2.5': 50_000, '+Inf': 50_000 }, unmatched),
      ],
      steps: [{ at: '30m', firing: [api], pending: [] }],
    },
    {
      title: 'needs 0.1 requests/s: 0.11 is enough, 0.09 is not',
      proves: ['guard', 'services'],
      series: [
        ...timedRequests(api, { '1': 0, '2.5': 6.6, '+Inf': 6.6 }),
        ...timedRequests(payments, { '1': 0, '2.5': 5.4, '+Inf': 5.4 }),
      ],
      steps: [{ at: '30m', firing: [api], pending: [] }],
    },
    {
      title: 'is silent without traffic, and survives a counter reset',
      proves: ['no-traffic', 'counter-reset', 'services'],
      series: [
        ...timedRequests(api, { '1': 0, '2.5': 10, '+Inf': 10 }, {}, (perSample) => `${perSample}x60`),
        ...timedRequests(
          payments,
          { '1': 960, '2.5': 1_000, '+Inf': 1_000 },
          {},
          (perSample) => `${growing(perSample, 10)} ${growing(perSample, 40)}`,
        ),
      ],
      steps: [{ at: '25m', pending: [] }],
    },
  ]),
];
