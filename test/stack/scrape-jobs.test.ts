import { describe, expect, it } from 'vitest';
import { exposers } from '../../src/catalog/exposers.ts';
import { toModel } from '../../src/config/to-model.ts';
import { jobOf, type ScrapeJob } from '../../src/stack/scrape-job.ts';
import { scrapeJobs } from '../../src/stack/scrape-jobs.ts';

const targetsOf = (jobs: readonly ScrapeJob[]): Record<string, string[]> =>
  Object.fromEntries(
    jobs.map(({ name, groups }) => [
      name,
      groups.flatMap(({ targets, labels }) => targets.map((target) => `${target} ${labels['service']}`)),
    ]),
  );

describe('scrapeJobs()', () => {
  it('scrapes everything that the default model declares', () => {
    expect(targetsOf(scrapeJobs(toModel({})))).toEqual({
      app: ['host.docker.internal:3000 api', 'host.docker.internal:3001 payments'],
      node: ['node-exporter:9100 platform'],
      'node-network': ['node-network-exporter:9100 platform'],
      postgres: ['postgres-exporter:9187 api'],
      redis: ['redis-exporter:9121 api'],
      blackbox: ['http://host.docker.internal:3000/health api', 'http://host.docker.internal:3001/health payments'],
      prometheus: ['prometheus:9090 platform'],
      alertmanager: ['alertmanager:9093 platform'],
    });
  });

  it('leaves out jobs without a target', () => {
    const services = [{ name: 'api', url: 'https://api.example' }];
    const exporters = { node: false, blackbox: false };
    expect(targetsOf(scrapeJobs(toModel({ services, exporters })))).toEqual({
      app: ['api.example:443 api'],
      prometheus: ['prometheus:9090 platform'],
      alertmanager: ['alertmanager:9093 platform'],
    });
  });

  it('gives every target the identity pair, by the names of the user', () => {
    const jobs = scrapeJobs(toModel({ identity: { service: 'app', environment: 'env' }, environment: 'staging' }));
    const labels = jobs.flatMap(({ groups }) => groups.map((group) => group.labels));
    expect(new Set(labels.map(({ env, app }) => `${env} ${app}`))).toEqual(
      new Set(['staging api', 'staging payments', 'staging platform']),
    );
    expect(jobs.find(({ name }) => name === 'node')?.metricRelabel).toEqual([
      { source_labels: ['service'], regex: '(.+)', target_label: 'app', replacement: '$1' },
      { regex: 'service', action: 'labeldrop' },
    ]);
  });

  it('looks up replicas by name, and labels each address', () => {
    const services = [{ name: 'api', url: 'http://api.internal:3000', discovery: 'dns' as const }];
    const [app] = scrapeJobs(toModel({ services }));
    const from = { source_labels: ['__meta_dns_name'], regex: 'api\\.internal' };
    expect({ dns: app?.dns, groups: app?.groups, relabel: app?.relabel }).toEqual({
      groups: [],
      dns: [
        {
          name: 'api.internal',
          port: 3000,
          labels: { service: 'api', environment: 'production', __scheme__: 'http', __metrics_path__: '/metrics' },
        },
      ],
      relabel: [
        { ...from, target_label: 'service', replacement: 'api' },
        { ...from, target_label: 'environment', replacement: 'production' },
        { ...from, target_label: '__scheme__', replacement: 'http' },
        { ...from, target_label: '__metrics_path__', replacement: '/metrics' },
      ],
    });
  });

  it('scrapes each instance on a port of its own, over HTTP, and probes what users come to', () => {
    const services = [{ name: 'api', url: 'https://api.example', metricsPort: 9464, instances: 3 }];
    const jobs = scrapeJobs(toModel({ services }));
    expect(targetsOf(jobs)).toMatchObject({
      app: ['api.example:9464 api', 'api.example:9465 api', 'api.example:9466 api'],
      blackbox: ['https://api.example/health api'],
    });
    expect(jobs[0]?.groups.map(({ labels }) => labels)).toEqual([
      { service: 'api', environment: 'production', __scheme__: 'http', __metrics_path__: '/metrics' },
    ]);
  });

  it('looks up replicas once for each of their instances', () => {
    const services = [
      { name: 'api', url: 'http://api.internal', discovery: 'dns' as const, metricsPort: 9464, instances: 2 },
    ];
    const [app] = scrapeJobs(toModel({ services }));
    expect(app?.dns.map(({ name, port }) => [name, port])).toEqual([
      ['api.internal', 9464],
      ['api.internal', 9465],
    ]);
    expect(app?.relabel.map(({ target_label }) => target_label)).toEqual([
      'service',
      'environment',
      '__scheme__',
      '__metrics_path__',
    ]);
  });

  it('probes every URL of a service under the name of the service', () => {
    const services = [{ name: 'api', url: 'http://api:1', healthPath: '/up', probes: ['https://shop.example/'] }];
    expect(targetsOf(scrapeJobs(toModel({ services })))['blackbox']).toEqual([
      'http://api:1/up api',
      'https://shop.example/ api',
    ]);
  });

  it('calls jobs as the catalog does', () => {
    const named = Object.entries(jobOf).map(([job, exposer]) => [job, exposers[exposer].job]);
    expect(named.filter(([job, expected]) => job !== expected)).toEqual([]);
  });
});
