/** Stories of the recorded series: what is recorded when, value by value. */
import type { Config } from '../../src/config/config.ts';
import type { Duration } from '../../src/objectives/duration.ts';
import { api, growing, payments, phases, requests, series, staging, target, timedRequests } from './series.ts';
import type { Labels, Series } from './story.ts';

export interface RecordCheck {
  readonly at: Duration;
  /** What is looked at; values are rounded to four digits. */
  readonly query: string;
  readonly samples: readonly (readonly [labels: Labels, value: number])[];
}

export interface RecordStory {
  readonly title: string;
  /** @default the default config */
  readonly config?: Config;
  readonly series: readonly Series[];
  readonly checks: readonly RecordCheck[];
}

const failed = { status: '500' } as const;
const scanned = { route: 'unmatched', status: '404' } as const;
const windows = ['5m', '30m', '1h', '2h', '6h', '1d', '3d', '30d'] as const;

/** The same samples for the error ratio over every window. */
const everyWindow = (at: Duration, samples: RecordCheck['samples']): readonly RecordCheck[] =>
  windows.map((window) => ({ at, query: `slo:error_ratio:rate${window}{slo="availability"}`, samples }));

const info = (instance: string, version: string): Series =>
  series('service_info', { ...target(api, 'app', instance), version, commit: 'c' }, '1x90');
const slo = (who: Labels, name: string): Labels => ({ ...who, slo: name });
/** A service that the config does not list has records of its own, but no SLO. */
const stranger = { environment: 'production', service: 'stranger' } as const;
const checkout = { route: '/checkout' } as const;

export const recordStories: readonly RecordStory[] = [
  {
    title: 'requests count but for 4xx on unmatched, per service and environment, over all instances',
    series: [
      requests(api, growing(60)),
      requests(api, growing(60), { instance: 'b:3000' }),
      requests(api, growing(30), { status: '404' }),
      requests(api, growing(30), { route: 'unmatched' }),
      requests(api, growing(6), { route: 'unmatched', status: '500' }),
      requests(api, growing(6_000), scanned),
      requests(staging, growing(6)),
      requests(stranger, growing(6)),
      requests(stranger, growing(6), { route: 'unmatched' }),
      requests(stranger, growing(6), failed),
    ],
    checks: [
      {
        at: '30m',
        query: 'service:http_requests:rate5m',
        samples: [
          [api, 3.1],
          [staging, 0.1],
          [stranger, 0.3],
        ],
      },
      {
        at: '30m',
        query: 'slo:requests:rate5m{environment="production",slo="availability"}',
        samples: [[slo(api, 'availability'), 3.1]],
      },
      {
        at: '30m',
        query: 'slo:requests:rate5m{environment="production",slo="latency"}',
        samples: [[slo(api, 'latency'), 3.1]],
      },
      {
        at: '30m',
        query: 'slo:errors:rate5m{environment="production",slo="availability"}',
        samples: [[slo(api, 'availability'), 0.1]],
      },
    ],
  },
  {
    title: 'the error ratio is 0 where there is traffic but no error series',
    series: [requests(api, growing(60))],
    checks: [
      { at: '30m', query: 'slo:errors:rate5m{slo="availability"}', samples: [[slo(api, 'availability'), 0]] },
      ...everyWindow('30m', [[slo(api, 'availability'), 0]]),
    ],
  },
  {
    title: 'the error ratio is empty, never NaN, without traffic',
    series: [requests(api, '1000x90'), requests(api, '500x90', failed)],
    checks: everyWindow('30m', []),
  },
  {
    title: 'the error ratio forgets the burn window by window',
    series: [requests(api, phases([90, 30], [100, 60])), requests(api, phases([10, 30], [0, 60]), failed)],
    checks: [
      { at: '50m', query: 'slo:error_ratio:rate5m{slo="availability"}', samples: [[slo(api, 'availability'), 0]] },
      { at: '90m', query: 'slo:error_ratio:rate30m{slo="availability"}', samples: [[slo(api, 'availability'), 0]] },
      { at: '28m', query: 'slo:error_ratio:rate1h{slo="availability"}', samples: [[slo(api, 'availability'), 0.1]] },
    ],
  },
  {
    title: 'late requests are those over the bound, but not scanners',
    series: [
      ...timedRequests(api, { '0.25': 10, '0.5': 54, '1': 60, '+Inf': 60 }),
      ...timedRequests(api, { '0.25': 10, '0.5': 12, '1': 18, '+Inf': 18 }, { route: 'unmatched' }),
      ...timedRequests(api, { '0.25': 0, '0.5': 3_000, '1': 6_000, '+Inf': 6_000 }, scanned),
      ...timedRequests(stranger, { '0.5': 0, '+Inf': 60 }),
      ...timedRequests(stranger, { '0.5': 0, '+Inf': 60 }, { route: 'unmatched' }),
    ],
    checks: [
      { at: '30m', query: 'slo:errors:rate5m{slo="latency"}', samples: [[slo(api, 'latency'), 0.2]] },
      { at: '30m', query: 'slo:requests:rate5m{slo="latency"}', samples: [[slo(api, 'latency'), 1.3]] },
      {
        at: '30m',
        query: 'service_le:http_request_duration_seconds_bucket:rate5m{service="api"}',
        samples: [
          [{ ...api, le: '0.25' }, 0.3333],
          [{ ...api, le: '0.5' }, 1.1],
          [{ ...api, le: '1' }, 1.3],
          [{ ...api, le: '+Inf' }, 1.3],
        ],
      },
    ],
  },
  {
    title: 'objectives are there for every service and SLO, traffic or not',
    series: [],
    checks: [
      {
        at: '1m',
        query: 'slo:objective:ratio',
        samples: [
          [slo(api, 'availability'), 0.999],
          [slo(api, 'latency'), 0.99],
          [slo(payments, 'availability'), 0.999],
          [slo(payments, 'latency'), 0.99],
        ],
      },
    ],
  },
  {
    title: 'an SLO on some routes sees only those, and one name may mean two things',
    config: {
      services: [
        {
          name: 'payments',
          url: 'http://payments:3000',
          slos: [
            { name: 'all', kind: 'availability', objectiveRatio: 0.99 },
            { name: 'checkout', kind: 'latency', objectiveRatio: 0.9, thresholdSeconds: 1, routes: ['/checkout'] },
          ],
        },
        {
          name: 'api',
          url: 'http://api:3000',
          slos: [{ name: 'checkout', kind: 'availability', objectiveRatio: 0.99, routes: ['/checkout', '/pay/:id'] }],
        },
      ],
    },
    series: [
      ...timedRequests(api, { '0.5': 54, '1.0': 54, '+Inf': 54 }, checkout),
      requests(api, growing(6), { ...checkout, ...failed }),
      requests(api, growing(60), { route: '/pay/:id' }),
      requests(api, growing(600), { route: '/payments' }),
      requests(api, growing(600), failed),
      ...timedRequests(payments, { '0.5': 6, '1.0': 30, '+Inf': 60 }, checkout),
      ...timedRequests(payments, { '0.5': 0, '1.0': 6, '+Inf': 60 }),
      requests(payments, growing(60), { route: '/pay/:id' }),
      requests(payments, growing(60), { ...checkout, ...failed }),
      requests(payments, growing(60), { route: 'unmatched' }),
      requests(payments, growing(6_000), scanned),
      requests({ ...payments, environment: 'staging' }, growing(60)),
      requests(staging, growing(60), checkout),
      requests(stranger, growing(60), { route: 'unmatched' }),
      ...timedRequests(stranger, { '0.5': 6, '1.0': 30, '+Inf': 60 }, checkout),
      requests(stranger, growing(60), { ...checkout, ...failed }),
    ],
    checks: [
      {
        at: '30m',
        query: 'slo:requests:rate5m{slo="all"}',
        samples: [
          [slo(payments, 'all'), 5],
          [slo({ ...payments, environment: 'staging' }, 'all'), 1],
        ],
      },
      {
        at: '30m',
        query: 'slo:errors:rate5m{slo="all"}',
        samples: [
          [slo(payments, 'all'), 1],
          [slo({ ...payments, environment: 'staging' }, 'all'), 0],
        ],
      },
      {
        at: '30m',
        query: 'slo:requests:rate5m{slo="checkout"}',
        samples: [
          [slo(api, 'checkout'), 2],
          [slo(staging, 'checkout'), 1],
          [slo(payments, 'checkout'), 2],
        ],
      },
      {
        at: '30m',
        query: 'slo:errors:rate5m{slo="checkout"}',
        samples: [
          [slo(api, 'checkout'), 0.1],
          [slo(staging, 'checkout'), 0],
          [slo(payments, 'checkout'), 1.5],
        ],
      },
    ],
  },
  {
    title: 'a version is compared with the one it replaces, by the instances that run it',
    series: [
      info('a:3000', '1.0.0'),
      info('b:3000', '1.1.0'),
      info('c:3000', '1.2.0'),
      ...timedRequests(api, { '0.5': 60, '1': 60, '+Inf': 60 }),
      ...timedRequests(api, { '0.5': 0, '1': 54, '+Inf': 54 }, { instance: 'b:3000' }),
      ...timedRequests(api, { '0.5': 0, '1': 6, '+Inf': 6 }, { instance: 'b:3000', status: '503' }),
      ...timedRequests(api, { '0.5': 6_000, '1': 6_000, '+Inf': 6_000 }, { instance: 'b:3000', ...scanned }),
      ...timedRequests(api, { '0.5': 40, '1': 40, '+Inf': 40 }, { instance: 'b:3000', route: 'unmatched' }),
      ...timedRequests(api, { '0.5': 0, '1': 0, '+Inf': 0 }, { instance: 'c:3000' }),
    ],
    checks: [
      {
        at: '30m',
        query: 'service_version:http_request_errors:ratio_rate5m',
        samples: [
          [{ ...api, version: '1.0.0' }, 0],
          [{ ...api, version: '1.1.0' }, 0.06],
        ],
      },
      {
        at: '30m',
        query: 'service_version:http_request_duration_seconds:p95_rate5m',
        samples: [
          [{ ...api, version: '1.0.0' }, 0.475],
          [{ ...api, version: '1.1.0' }, 0.9583],
        ],
      },
    ],
  },
];
