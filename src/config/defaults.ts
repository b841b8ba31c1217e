/** What a config that leaves everything out means: the pack of the shipped example. */
import { businessCatalog } from '../catalog/business.ts';
import type { Addresses, BusinessMetric, Exporters, Links, Profile, Timing } from '../model/model.ts';
import type { ServiceConfig } from './config.ts';

/** The two services of `examples/`. */
export const defaultServices: readonly ServiceConfig[] = [
  { name: 'api', url: 'http://host.docker.internal:3000', team: 'classroom', database: true, redis: true },
  { name: 'payments', url: 'http://host.docker.internal:3001', team: 'payments', database: { owner: 'api' } },
];

export const defaultExporters: Exporters = { node: true, blackbox: true, containers: false, kubernetes: false };

export const defaultLinks: Links = {
  grafana: 'http://localhost:3030',
  runbooks: 'https://github.com/your-organisation/your-repository/blob/main',
  prometheus: 'http://localhost:9090',
  alertmanager: 'http://localhost:9093',
  jaeger: 'http://localhost:16686',
};

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
    prometheus: 'localhost:9090',
    alertmanager: 'alertmanager:9093',
    blackbox: 'blackbox-exporter:9115',
    node: 'node-exporter:9100',
    cadvisor: 'cadvisor:8080',
  },
  loopback: loopbackAddresses,
  drill: loopbackAddresses,
};

/** Exporters of datastores that a config declares with `true`. */
export const defaultDatastoreExporters = {
  database: { compose: 'postgres-exporter:9187', loopback: '127.0.0.1:9187', drill: '127.0.0.1:9187' },
  redis: { compose: 'redis-exporter:9121', loopback: '127.0.0.1:9121', drill: '127.0.0.1:9121' },
} as const satisfies Readonly<Record<string, Readonly<Record<Profile, string>>>>;

export const defaultBusiness: readonly BusinessMetric[] = [
  { entry: businessCatalog.activeUsers, title: 'Active users', watched: false },
  { entry: businessCatalog.contentCreated, title: 'Content created', watched: true },
  { entry: businessCatalog.assignmentsCompleted, title: 'Assignments completed', watched: true },
  { entry: businessCatalog.payments, title: 'Payments', watched: true },
  { entry: businessCatalog.revenue, title: 'Revenue', watched: false },
];
