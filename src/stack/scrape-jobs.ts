/** The scrape jobs of a model. */
import { platformService } from '../catalog/exposers.ts';
import type { Model, ServiceModel } from '../model/model.ts';
import { dnsRules, escapeReplacement, probeRules, textfileRules } from './relabel.ts';
import {
  type DnsTargets,
  type JobName,
  nodeNetworkJob,
  type ScrapeJob,
  scrapeLimits,
  serviceJob,
  type TargetGroup,
} from './scrape-job.ts';

/** Container of the second node exporter: only the compose stack needs one. */
export const nodeNetworkAddress = 'node-network-exporter:9100';

/** Jobs in the order of the configuration; those without a target are left out. */
export function scrapeJobs(model: Model): readonly ScrapeJob[] {
  return [
    services(model),
    node(model),
    nodeNetwork(model),
    job('postgres', { groups: datastores(model, 'database') }),
    job('redis', { groups: datastores(model, 'redis') }),
    blackbox(model),
    job('cadvisor', { groups: platform(model, model.exporters.containers, model.addresses.cadvisor) }),
    job('prometheus', { groups: platform(model, true, model.addresses.prometheus) }),
    job('alertmanager', { groups: platform(model, true, model.addresses.alertmanager) }),
  ].filter(({ groups, dns }) => groups.length + dns.length > 0);
}

function job(name: JobName, parts: Partial<ScrapeJob> & Pick<ScrapeJob, 'groups'>): ScrapeJob {
  return { name, limits: scrapeLimits[name], dns: [], relabel: [], metricRelabel: [], ...parts };
}

function services(model: Model): ScrapeJob {
  const named = model.services.filter(({ discovery }) => discovery === 'dns');
  const fixed = model.services.filter(({ discovery }) => discovery === 'static');
  return job(serviceJob, {
    groups: fixed.map((service) => ({ targets: addressesOf(service), labels: serviceLabels(service, model) })),
    dns: named.flatMap((service) => toDns(service, model)),
    relabel: named.flatMap((service) => dnsRules({ name: hostOf(service), labels: serviceLabels(service, model) })),
  });
}

/** The host's own view of its network comes from the second exporter, under the same instance. */
function node(model: Model): ScrapeJob {
  return job('node', {
    groups: platform(model, model.exporters.node, model.addresses.node),
    metricRelabel: textfileRules(model.identity.service),
  });
}

function nodeNetwork(model: Model): ScrapeJob {
  return job(nodeNetworkJob, {
    groups: platform(model, runsNodeExporters(model), nodeNetworkAddress),
    relabel: [{ target_label: 'instance', replacement: escapeReplacement(model.addresses.node) }],
  });
}

/** Whether the compose stack runs the node exporters: not where the config names one that runs already. */
export function runsNodeExporters({ exporters, profile, addresses }: Model): boolean {
  return exporters.node && profile === 'compose' && addresses.node === 'node-exporter:9100';
}

function datastores(model: Model, kind: 'database' | 'redis'): readonly TargetGroup[] {
  return model.services.flatMap((service) => {
    const datastore = service[kind];
    if (datastore?.kind !== 'own') return [];
    return [{ targets: [datastore.exporter], labels: identityOf(service.name, model) }];
  });
}

function blackbox(model: Model): ScrapeJob {
  const groups = model.services.map((service) => ({
    targets: [`${service.url}${service.healthPath}`, ...service.probes],
    labels: identityOf(service.name, model),
  }));
  return job('blackbox', {
    groups: model.exporters.blackbox ? groups : [],
    path: '/probe',
    parameters: { module: ['http_2xx'] },
    relabel: probeRules(model.addresses.blackbox),
  });
}

function platform(model: Model, present: boolean, address: string): readonly TargetGroup[] {
  return present ? [{ targets: [address], labels: identityOf(platformService, model) }] : [];
}

function toDns(service: ServiceModel, model: Model): readonly DnsTargets[] {
  return portsOf(service).map((port) => ({ name: hostOf(service), port, labels: serviceLabels(service, model) }));
}

function serviceLabels(service: ServiceModel, model: Model): Readonly<Record<string, string>> {
  return {
    ...identityOf(service.name, model),
    __scheme__: service.metricsPort === undefined ? new URL(service.url).protocol.replace(':', '') : 'http',
    __metrics_path__: service.metricsPath,
  };
}

function identityOf(service: string, { identity, environment }: Model): Readonly<Record<string, string>> {
  return { [identity.service]: service, [identity.environment]: environment };
}

/** With its port, also where that is the usual one: the label `instance` is then the same on every Prometheus. */
function addressesOf(service: ServiceModel): readonly string[] {
  return portsOf(service).map((port) => `${hostOf(service)}:${port}`);
}

function hostOf({ url }: ServiceModel): string {
  return new URL(url).hostname;
}

/** One per instance. */
function portsOf(service: ServiceModel): readonly number[] {
  const first = service.metricsPort ?? portOf(service);
  return Array.from({ length: service.instances }, (_, instance) => first + instance);
}

function portOf({ url }: ServiceModel): number {
  const { port, protocol } = new URL(url);
  const usual = protocol === 'https:' ? 443 : 80;
  return port === '' ? usual : Number(port);
}
