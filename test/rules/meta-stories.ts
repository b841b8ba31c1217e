/** The stack's own alerts. */
import { filesystem } from './filesystem-series.ts';
import { api, flat, levels, payments, phases, platform, series, target } from './series.ts';
import { type Labels, type Series, type Story, storiesOf } from './story.ts';

const prometheus = { ...platform, instance: 'prometheus:9090' } as const;
const alertmanager = { ...platform, instance: 'alertmanager:9093' } as const;
const fromPrometheus = (metric: string, samples: string, more: Labels = {}): Series =>
  series(metric, { ...target(platform, 'prometheus', 'prometheus:9090'), ...more }, samples);
const fromAlertmanager = (metric: string, samples: string, more: Labels = {}): Series =>
  series(metric, { ...target(platform, 'alertmanager', 'alertmanager:9093'), ...more }, samples);

interface FailureWords {
  readonly alert: string;
  readonly branch: string;
  readonly of: (samples: string) => Series;
  readonly labels: Labels;
  readonly summary: string;
  readonly description: string;
}

/** A counter of failures: fires while it grows, and not long after; silent while it stays, or starts again. */
function failureStories({ alert, branch, of, labels, summary, description }: FailureWords): readonly Story[] {
  return storiesOf(alert, branch, [
    {
      title: 'fires while failures go on for 5 minutes, and ends with them',
      proves: ['above', 'before-for', 'recovery', 'exact'],
      series: [of(phases([1, 20], [0, 60]))],
      steps: [
        { at: '5m', pending: [labels] },
        { at: '8m', firing: [labels] },
        { at: '15m', firing: [labels], texts: { summary, description } },
        { at: '35m', pending: [] },
      ],
    },
    {
      title: 'is silent while failures of long ago stay, or are forgotten by a restart',
      proves: ['below', 'counter-reset', 'no-traffic'],
      series: [of('7x20 0x40')],
      steps: [
        { at: '15m', pending: [] },
        { at: '25m', pending: [] },
      ],
    },
  ]);
}

const failures: readonly FailureWords[] = [
  {
    alert: 'PrometheusRuleFailures',
    branch: 'failures',
    of: (samples) => fromPrometheus('prometheus_rule_evaluation_failures_total', samples, { rule_group: 'http' }),
    labels: { ...prometheus, rule_group: 'http' },
    summary: 'Prometheus cannot evaluate rules of http',
    description:
      'Evaluations of rules in http have failed for 5 min: 5 in the last 5 min. Alerts of that group may be blind, so users may suffer unseen.',
  },
  {
    alert: 'PrometheusNotificationsFailing',
    branch: 'errors',
    of: (samples) => fromPrometheus('prometheus_notifications_errors_total', samples, { alertmanager: 'a' }),
    labels: prometheus,
    summary: 'Prometheus prometheus:9090 cannot hand alerts to Alertmanager',
    description:
      'Alerts from Prometheus prometheus:9090 have been refused or dropped for 5 min. Nobody is told when users suffer.',
  },
  {
    alert: 'PrometheusNotificationsFailing',
    branch: 'dropped',
    of: (samples) => fromPrometheus('prometheus_notifications_dropped_total', samples),
    labels: prometheus,
    summary: 'Prometheus prometheus:9090 cannot hand alerts to Alertmanager',
    description:
      'Alerts from Prometheus prometheus:9090 have been refused or dropped for 5 min. Nobody is told when users suffer.',
  },
  {
    alert: 'AlertmanagerNotificationsFailing',
    branch: 'failures',
    of: (samples) =>
      fromAlertmanager('alertmanager_notifications_failed_total', samples, { integration: 'slack', reason: 'other' }),
    labels: { ...alertmanager, integration: 'slack' },
    summary: 'Notifications by slack fail',
    description:
      'Alertmanager alertmanager:9093 has failed to notify by slack for 5 min. Whoever relies on it is not told when users suffer.',
  },
  {
    alert: 'ScrapeSampleLimitExceeded',
    branch: 'exceeded',
    of: (samples) => fromPrometheus('prometheus_target_scrapes_exceeded_sample_limit_total', samples),
    labels: prometheus,
    summary: 'Prometheus prometheus:9090 throws scrapes away: a target exposes too many series',
    description:
      '10 scrapes in the last 10 min were thrown away because the target exposed more series than its sample_limit. Its boards and alerts are empty, so users may suffer unseen.',
  },
];

const reloads = [
  { branch: 'prometheus', of: fromPrometheus, metric: 'prometheus_config_last_reload_successful', labels: prometheus },
  {
    branch: 'alertmanager',
    of: fromAlertmanager,
    metric: 'alertmanager_config_last_reload_successful',
    labels: alertmanager,
  },
] as const;

const watched: Labels = { environment: 'production', service: 'platform' };

export const metaStories = [
  ...failures.flatMap(failureStories),
  ...reloads.flatMap(({ branch, of, metric, labels }) =>
    storiesOf('ConfigReloadFailed', branch, [
      {
        title: 'fires 10 minutes after a failed reload, and ends with the next that works',
        proves: ['above', 'before-for', 'recovery', 'exact'],
        series: [of(metric, levels([1, 5], [0, 20], [1, 30]))],
        steps: [
          { at: '14m', pending: [labels] },
          {
            at: '16m',
            firing: [labels],
            texts: {
              summary: `${labels.instance} could not load its new configuration`,
              description: `${labels.instance} has run with an older configuration than the one on disk for 10 min. New rules, targets and receivers are not in force; after a restart it may not come up.`,
            },
          },
          { at: '27m', pending: [] },
        ],
      },
      {
        title: 'is silent while reloads work',
        proves: ['below'],
        series: [of(metric, flat(1))],
        steps: [{ at: '20m', pending: [] }],
      },
    ]),
  ),
  ...['Watchdog', 'NobodyIsPaged'].flatMap((alert) =>
    storiesOf(alert, 'always', [
      {
        title: 'fires from the first minute, whatever happens',
        proves: ['above', 'no-series'],
        series: [],
        steps: [
          { at: '0m', firing: [watched] },
          { at: '60m', firing: [watched] },
        ],
      },
    ]),
  ),
  ...storiesOf('TargetDown', 'down', [
    {
      title: 'fires for the one target that is down for 5 minutes, and ends with it',
      proves: ['above', 'below', 'before-for', 'recovery', 'exact', 'instances', 'services'],
      series: [
        series('up', target(api, 'app', 'a:3000'), levels([0, 15], [1, 30])),
        series('up', target(api, 'app', 'b:3000'), flat(1)),
        series('up', target(payments, 'app', 'c:3000'), levels([0, 3], [1, 30])),
      ],
      steps: [
        { at: '4m', pending: [{ ...api, job: 'app', instance: 'a:3000' }] },
        {
          at: '6m',
          firing: [{ ...api, job: 'app', instance: 'a:3000' }],
          texts: {
            summary: 'Target a:3000 (job app) of api (production) cannot be scraped',
            description:
              'Target a:3000 (job app) of api (production) has not answered a scrape for 5 min. Its boards are empty and its alerts blind; users may or may not notice.',
          },
        },
        { at: '18m', pending: [] },
      ],
    },
  ]),
  ...storiesOf('DiskFullTomorrow', 'filling', [
    {
      title: 'fires at 39 % free and full within a day; not at 41 %, nor when it fills slowly, is read-only or virtual',
      proves: ['above', 'below', 'before-for', 'recovery', 'exact', 'instances'],
      series: [
        ...filesystem('/data', { available: '400-0.3x80 900x60', size: 1_000 }),
        ...filesystem('/roomy', { available: '450-0.5x140', size: 1_000 }),
        ...filesystem('/slow', { available: '390-0.2x140', size: 1_000 }),
        ...filesystem('/cdrom', { available: '390-0.3x140', size: 1_000, readonly: 1 }),
        ...filesystem('/run', { available: '390-0.3x140', size: 1_000, fstype: 'tmpfs' }),
      ],
      steps: [
        { at: '50m', pending: [{ ...platform, instance: 'node:9100', device: '/dev/data', mountpoint: '/data' }] },
        {
          at: '70m',
          firing: [{ ...platform, instance: 'node:9100', device: '/dev/data', mountpoint: '/data' }],
          texts: {
            summary: '/data on node:9100 (production) is full within 24 h, 37.9% is free',
            description:
              'At the pace of the last 6 h, the file system /data on node:9100 (production) is full within 24 h; seen for 1 h. Users notice nothing yet.',
          },
        },
        { at: '90m', pending: [] },
      ],
    },
  ]),
  ...storiesOf('CertificateExpiresSoon', 'expiry', [
    {
      title: 'fires within 14 days of the end, after an hour, and ends with a new one; 15 days are silent',
      proves: ['above', 'below', 'before-for', 'recovery', 'exact', 'instances', 'services'],
      series: [
        series('probe_ssl_earliest_cert_expiry', target(api, 'blackbox', 'https://a'), `1180800x80 9000000x60`),
        series('probe_ssl_earliest_cert_expiry', target(payments, 'blackbox', 'https://b'), flat(1_296_000, 140)),
      ],
      steps: [
        { at: '50m', pending: [{ ...api, instance: 'https://a' }] },
        {
          at: '70m',
          firing: [{ ...api, instance: 'https://a' }],
          texts: {
            summary: 'The certificate of https://a expires in 13d 14h 50m 0s',
            description:
              'The certificate of https://a of api (production) expires within 14 days. After that, users get a warning page, or no connection at all.',
          },
        },
        { at: '90m', pending: [] },
      ],
    },
  ]),
];
