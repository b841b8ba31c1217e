/** HealthCheckFailing, ServiceDown and ServiceRestarting. */
import { api, flat, levels, payments, phases, platform, series, staging, target } from './series.ts';
import { type Labels, type Series, storiesOf } from './story.ts';

const probe = (who: Labels, url: string, samples: string): Series =>
  series('probe_success', target(who, 'blackbox', url), samples);
const up = (who: Labels, samples: string, job = 'app', instance = 'a:3000'): Series =>
  series('up', target(who, job, instance), samples);
const started = (who: Labels, samples: string, job = 'app', instance = 'a:3000'): Series =>
  series('process_start_time_seconds', target(who, job, instance), samples);
const restarted = (container: string, samples: string): Series =>
  series(
    'kube_pod_container_status_restarts_total',
    { ...target(platform, 'kube-state-metrics', 'k:8080'), namespace: 'shop', pod: 'api-1', container },
    samples,
  );

const bothProbed = [probe(api, 'http://api/health', flat(1)), probe(payments, 'http://payments/health', flat(1))];
const bothUp = [up(api, flat(1)), up(payments, flat(1))];
const pod = { ...platform, namespace: 'shop', pod: 'api-1' } as const;

export const availabilityStories = [
  ...storiesOf('HealthCheckFailing', 'failing', [
    {
      title: 'fires for the URL whose probe fails for 2 minutes, and ends with it',
      proves: ['above', 'before-for', 'recovery', 'exact', 'instances', 'services'],
      series: [...bothProbed, probe(api, 'https://public.example', levels([1, 5], [0, 10], [1, 20]))],
      steps: [
        { at: '4m', pending: [] },
        { at: '6m', pending: [{ ...api, instance: 'https://public.example' }] },
        {
          at: '8m',
          firing: [{ ...api, instance: 'https://public.example' }],
          texts: {
            summary: 'Probe of https://public.example fails',
            description:
              'The probe of https://public.example of api (production) has not succeeded for 2 min. Users most likely cannot reach the service.',
          },
        },
        { at: '16m', pending: [] },
      ],
    },
    {
      title: 'is silent when one probe is lost',
      proves: ['below'],
      series: [
        bothProbed[1] ?? probe(payments, '', ''),
        probe(api, 'http://api/health', levels([1, 5], [0, 1], [1, 20])),
      ],
      steps: [
        { at: '7m', pending: [] },
        { at: '10m', pending: [] },
      ],
    },
  ]),
  ...storiesOf('HealthCheckFailing', 'absent', [
    {
      title: 'fires for a service that is not probed, and ends when it is',
      proves: ['above', 'before-for', 'recovery', 'services'],
      series: [
        probe(api, 'http://api/health', flat(1)),
        probe({ ...payments, environment: 'staging' }, 'http://payments/health', flat(1)),
        probe(payments, 'http://payments/health', `_x10 1x30`),
      ],
      steps: [
        { at: '1m', pending: [payments] },
        { at: '3m', firing: [payments], pending: [] },
        { at: '12m', pending: [] },
      ],
    },
    {
      title: 'is silent while both are probed',
      proves: ['below'],
      series: bothProbed,
      steps: [{ at: '20m', pending: [] }],
    },
  ]),
  ...storiesOf('ServiceDown', 'down', [
    {
      title:
        'fires a minute after the last instance is down, exporters up or not, and ends with the first that is back',
      proves: ['above', 'before-for', 'recovery', 'exact', 'instances', 'services'],
      series: [
        up(api, levels([1, 5], [0, 15], [1, 20])),
        up(api, levels([1, 3], [0, 17], [0, 20]), 'app', 'b:3000'),
        up(api, flat(1), 'postgres', 'postgres:9187'),
        up(api, flat(1), 'blackbox', 'http://api/health'),
        up(payments, flat(1)),
        up(staging, flat(1)),
      ],
      steps: [
        { at: '4m', pending: [] },
        { at: '5m', pending: [api] },
        {
          at: '7m',
          firing: [api],
          texts: {
            summary: 'api (production) is down: no instance answers',
            description:
              'No instance of api (production) has answered a scrape for 1 min, or none is left to scrape. Users get no answer.',
          },
        },
        { at: '21m', pending: [] },
      ],
    },
    {
      title: 'is silent while one instance answers, when only exporters are down, and about the stack itself',
      proves: ['below', 'instances', 'services'],
      series: [
        ...bothUp,
        up(api, flat(0), 'app', 'b:3000'),
        up(api, flat(0), 'postgres', 'postgres:9187'),
        up(platform, flat(0), 'grafana', 'grafana:3000'),
        up(platform, flat(0), 'node', 'node:9100'),
      ],
      steps: [{ at: '10m', pending: [] }],
    },
  ]),
  ...storiesOf('ServiceDown', 'absent', [
    {
      title: 'fires for a service without a target, whatever else carries its name, and ends when there is one',
      proves: ['above', 'before-for', 'recovery', 'services'],
      series: [
        up(api, flat(1)),
        up(payments, flat(1), 'blackbox', 'http://payments/health'),
        up({ ...payments, environment: 'staging' }, flat(1)),
        up(payments, '_x10 1x30'),
      ],
      steps: [
        { at: '0m', pending: [payments] },
        { at: '2m', firing: [payments], pending: [] },
        { at: '12m', pending: [] },
      ],
    },
    {
      title: 'is not deceived by the exporters of the service',
      proves: ['above', 'services'],
      series: [
        up(api, flat(1), 'postgres', 'postgres:9187'),
        up(api, flat(1), 'blackbox', 'http://api/health'),
        up(staging, flat(1)),
        up(payments, flat(1)),
      ],
      steps: [{ at: '5m', firing: [api], pending: [] }],
    },
    {
      title: 'is silent while both have one',
      proves: ['below'],
      series: bothUp,
      steps: [{ at: '10m', pending: [] }],
    },
  ]),
  ...storiesOf('ServiceRestarting', 'process', [
    {
      title: 'fires at the third start in 15 minutes, keeps firing for 10, and then ends',
      proves: ['above', 'recovery', 'exact', 'instances', 'services'],
      series: [
        started(api, levels([1, 5], [2, 2], [3, 2], [4, 60])),
        started(api, flat(1), 'app', 'b:3000'),
        started(payments, flat(1)),
      ],
      steps: [
        { at: '8m', pending: [] },
        {
          at: '10m',
          firing: [{ ...api, instance: 'a:3000' }],
          texts: {
            summary: 'a:3000 of api (production) restarted 3 times in 15 min',
            description:
              'a:3000 of api (production) restarted more than 2 times in 15 min. Each restart drops requests in flight and empties caches.',
          },
        },
        { at: '28m', firing: [{ ...api, instance: 'a:3000' }] },
        { at: '34m', pending: [] },
      ],
    },
    {
      title: 'is silent at two starts, at three in an hour, and about exporters and the stack',
      proves: ['below', 'instances', 'services'],
      series: [
        started(api, levels([1, 5], [2, 5], [3, 60])),
        started(payments, levels([1, 5], [2, 20], [3, 20], [4, 20])),
        started(api, levels([1, 5], [2, 2], [3, 2], [4, 60]), 'postgres', 'postgres:9187'),
        started(platform, levels([1, 5], [2, 2], [3, 2], [4, 60]), 'grafana', 'grafana:3000'),
      ],
      steps: [
        { at: '12m', pending: [] },
        { at: '50m', pending: [] },
      ],
    },
  ]),
  ...storiesOf('ServiceRestarting', 'container', [
    {
      title: 'fires at the third restart in 15 minutes, though not at the second, which increase() reads as more',
      proves: ['above', 'below', 'instances'],
      series: [
        restarted('api', phases([0, 16], [1, 3], [0, 60])),
        restarted('sidecar', phases([0, 16], [1, 2], [0, 60])),
      ],
      steps: [{ at: '22m', firing: [{ ...pod, container: 'api' }] }],
    },
    {
      title: 'ends 10 minutes after the restarts left the window, and takes no reset for restarts',
      proves: ['recovery', 'counter-reset'],
      series: [
        restarted('api', phases([0, 16], [1, 3], [0, 60])),
        restarted('sidecar', `${phases([0, 15], [1, 1])} 0x60`),
      ],
      steps: [
        { at: '40m', firing: [{ ...pod, container: 'api' }] },
        { at: '50m', pending: [] },
      ],
    },
  ]),
];
