/** What a config that leaves everything out means: the pack of the shipped example. */
import { businessCatalog } from '../catalog/business.ts';
import type { Addresses, BusinessMetric, Exporters, Links, Profile, Stack, Timing } from '../model/model.ts';
import type { ServiceConfig } from './config.ts';

/** The two services of `examples/`. */
export const defaultServices: readonly ServiceConfig[] = [
  { name: 'api', url: 'http://host.docker.internal:3000', team: 'classroom', database: true, redis: true },
  { name: 'payments', url: 'http://host.docker.internal:3001', team: 'payments', database: { owner: 'api' } },
];

export const defaultExporters: Exporters = {
  node: true,
  blackbox: true,
  containers: false,
  kubernetes: false,
  remoteWrite: false,
  tracing: false,
  cluster: false,
};

/** Links to what the compose stack publishes. Prometheus serves the runbooks beside its own pages, so that no link is dead. */
export function defaultLinks({ ports }: Stack, prometheus = `http://localhost:${ports.prometheus}`): Links {
  return {
    grafana: `http://localhost:${ports.grafana}`,
    runbooks: `${prometheus}/user`,
    prometheus,
    alertmanager: `http://localhost:${ports.alertmanager}`,
    jaeger: 'http://localhost:16686',
  };
}

export const defaultTiming: Timing = {
  scrapeInterval: '15s',
  scrapeTimeout: '10s',
  evaluationInterval: '15s',
  groupWait: '30s',
  groupInterval: '5m',
  repeatCritical: '1h',
  repeatWarning: '12h',
  speedUp: 1,
};

const loopbackAddresses: Addresses = {
  prometheus: '127.0.0.1:9090',
  alertmanager: '127.0.0.1:9093',
  blackbox: '127.0.0.1:9115',
  node: '127.0.0.1:9100',
  cadvisor: '127.0.0.1:8080',
};

export const defaultAddresses: Readonly<Record<Profile, Addresses>> = {
  compose: {
    prometheus: 'prometheus:9090',
    alertmanager: 'alertmanager:9093',
    blackbox: 'blackbox-exporter:9115',
    node: 'node-exporter:9100',
    cadvisor: 'cadvisor:8080',
  },
  loopback: loopbackAddresses,
  drill: loopbackAddresses,
};

export const defaultStack: Stack = {
  bindAddress: '127.0.0.1',
  ports: { grafana: 3030, prometheus: 9090, alertmanager: 9093 },
  networks: [],
  retention: '35d',
  retentionSize: '20GB',
};

/** Where the exporters of the compose stack look for datastores. */
export const defaultDatastoreAddresses = {
  database: 'host.docker.internal:5432/postgres',
  redis: 'host.docker.internal:6379',
} as const;

/** Exporters of datastores, where the config names none: a container of the compose stack, or a port of this host. */
export const defaultDatastoreExporters = {
  database: { container: 'postgres-exporter', port: 9187 },
  redis: { container: 'redis-exporter', port: 9121 },
} as const;

export const defaultBusiness: readonly BusinessMetric[] = [
  { entry: businessCatalog.activeUsers, title: 'Active users', watched: false },
  { entry: businessCatalog.contentCreated, title: 'Content created', watched: true },
  { entry: businessCatalog.assignmentsCompleted, title: 'Assignments completed', watched: true },
  { entry: businessCatalog.payments, title: 'Payments', watched: true },
  { entry: businessCatalog.revenue, title: 'Revenue', watched: false },
];
