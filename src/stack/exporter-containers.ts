/** The exporters. Those that look at the host or at other containers stay on a network without a way out. */
import type { Model, Profile, ServiceModel } from '../model/model.ts';
import type { Container } from './container.ts';
import { nodeNetworkAddress, runsNodeExporters } from './scrape-jobs.ts';

/** Where backup jobs put `*.prom` files for the node exporter. */
export const textfileFolder = 'monitoring/textfile';

const small = { cpus: '0.25', memory: '128M' } as const;
const outward = { networks: ['monitoring', 'joined'], reachesHost: true, stopGrace: '10s' } as const;
const inward = { networks: ['exporters'], reachesHost: false, stopGrace: '10s', secrets: [] } as const;

/** Collectors that would report the container's own network instead of the host's. */
const networkCollectors = ['arp', 'conntrack', 'netclass', 'netdev', 'netstat', 'sockstat', 'softnet', 'udp_queues'];

export function nodeExporters(model: Model): readonly Container[] {
  return runsNodeExporters(model) ? [nodeExporter, nodeNetworkExporter] : [];
}

const nodeExporter: Container = {
  ...inward,
  name: 'node-exporter',
  image: 'node-exporter',
  command: [
    '--path.procfs=/host/proc',
    '--path.sysfs=/host/sys',
    '--path.rootfs=/host/root',
    '--collector.textfile.directory=/textfile',
    ...networkCollectors.map((collector) => `--no-collector.${collector}`),
  ],
  mounts: [
    { host: '/proc', target: '/host/proc' },
    { host: '/sys', target: '/host/sys' },
    { host: '/', target: '/host/root' },
    { source: `./${textfileFolder}`, target: '/textfile' },
  ],
  port: { container: 9100 },
  healthPath: '/',
  limits: small,
  exception: 'mounts the file system of the host read-only: it reports the disks, memory and load of the host',
};

/** `/proc/1/net` is the network of the host, whatever network the reader is on: no container needs the host's own. */
const nodeNetworkExporter: Container = {
  ...inward,
  name: hostOf(nodeNetworkAddress),
  image: 'node-exporter',
  command: [
    '--path.procfs=/host/proc/1',
    '--collector.disable-defaults',
    '--collector.netdev',
    '--no-collector.netdev.netlink',
  ],
  mounts: [{ host: '/proc', target: '/host/proc' }],
  port: { container: 9100 },
  healthPath: '/',
  limits: small,
  exception:
    "mounts /proc of the host read-only: it reports the host's network, which the other one cannot see from a container",
};

/** It runs as root where the image is not told otherwise. */
export function blackboxExporter({ exporters, addresses, profile }: Model): readonly Container[] {
  if (!exporters.blackbox || runsElsewhere(profile, addresses.blackbox, 'blackbox-exporter:9115')) return [];
  return [
    {
      ...outward,
      name: 'blackbox-exporter',
      image: 'blackbox-exporter',
      command: ['--config.file=/etc/blackbox_exporter/blackbox.yml'],
      mounts: [{ source: './monitoring', target: '/etc/blackbox_exporter' }],
      secrets: [],
      port: { container: 9115 },
      healthPath: '/-/healthy',
      limits: small,
    },
  ];
}

/** Role of the database that the exporter logs in as. */
export const postgresRole = 'telltale_monitor';

export function postgresExporters(model: Model): readonly Container[] {
  return bundled(model, 'database').map(({ container, address }) => ({
    ...outward,
    name: container,
    image: 'postgres-exporter',
    command: ['--collector.long_running_transactions', '--collector.stat_checkpointer', '--collector.stat_statements'],
    environment: {
      DATA_SOURCE_URI: address.includes('?') ? address : `${address}?sslmode=disable`,
      DATA_SOURCE_USER: postgresRole,
      DATA_SOURCE_PASS_FILE: `/run/secrets/${passwordOf(container)}`,
    },
    mounts: [],
    secrets: [passwordOf(container)],
    port: { container: 9187 },
    healthPath: '/',
    limits: small,
  }));
}

export function redisExporters(model: Model): readonly Container[] {
  return bundled(model, 'redis').map(({ container, address }) => ({
    ...outward,
    name: container,
    image: 'redis-exporter',
    command: [],
    environment: { REDIS_ADDR: `redis://${address}`, REDIS_PASSWORD_FILE: `/run/secrets/${passwordsOf(container)}` },
    mounts: [],
    secrets: [passwordsOf(container)],
    port: { container: 9121 },
    healthPath: '/health',
    limits: small,
  }));
}

/** Source: https://github.com/google/cadvisor/blob/master/docs/running.md */
export function cadvisor({ exporters, addresses, profile }: Model): readonly Container[] {
  if (!exporters.containers || runsElsewhere(profile, addresses.cadvisor, 'cadvisor:8080')) return [];
  return [
    {
      ...inward,
      name: 'cadvisor',
      image: 'cadvisor',
      command: ['--docker_only=true', '--store_container_labels=false', '--housekeeping_interval=15s'],
      mounts: ['/', '/sys', '/var/run', '/var/lib/docker', '/dev/disk'].map((host) => ({
        host,
        target: host === '/' ? '/rootfs' : host,
      })),
      port: { container: 8080 },
      healthPath: '/healthz',
      limits: { cpus: '0.5', memory: '256M' },
      profile: 'containers',
      privileged: true,
      exception:
        'runs as root, privileged, and reads the socket of the engine: it reads the control groups of every container. It starts only with --profile containers',
    },
  ];
}

/** A password, and a JSON object of passwords by address: what each exporter reads. */
export const passwordOf = (container: string): string => `${container}-password`;
export const passwordsOf = (container: string): string => `${container}-passwords.json`;

export interface BundledExporter {
  readonly container: string;
  readonly address: string;
  readonly service: ServiceModel;
}

/** Datastores whose exporter the compose stack runs. */
export function bundled(model: Model, kind: 'database' | 'redis'): readonly BundledExporter[] {
  if (model.profile !== 'compose') return [];
  return model.services.flatMap((service) => {
    const datastore = service[kind];
    if (datastore?.kind !== 'own' || datastore.address === undefined) return [];
    return [{ container: hostOf(datastore.exporter), address: datastore.address, service }];
  });
}

/** Whether the config names one that runs already. The other profiles make no compose file: their pages describe the shipped one. */
function runsElsewhere(profile: Profile, address: string, shipped: string): boolean {
  return profile === 'compose' && address !== shipped;
}

function hostOf(address: string): string {
  return address.replace(/:\d+$/, '');
}
