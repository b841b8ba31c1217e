/** Images of the compose stack: pinned, each beside the version that the tests run for real. */

export interface Image {
  readonly repository: string;
  readonly tag: string;
  /** Version of the same program that the integration tests run; absent where none can be had without an engine. */
  readonly tested?: string;
  /** Why the two differ by more than a patch, or why none is run. */
  readonly reason?: string;
  /** Whom it runs as: uid and gid. */
  readonly user: string;
}

const nobody = '65534:65534';

export const images = {
  prometheus: {
    repository: 'quay.io/prometheus/prometheus',
    tag: 'v3.14.0',
    tested: '3.5.3',
    reason: 'the tests run 3.5 and 3.15, one on each side of it',
    user: nobody,
  },
  alertmanager: {
    repository: 'quay.io/prometheus/alertmanager',
    tag: 'v0.34.0',
    tested: '0.33.1',
    reason: 'the newest that the tests can have; the configuration uses fields of 0.28 and earlier only',
    user: nobody,
  },
  grafana: {
    repository: 'docker.io/grafana/grafana',
    tag: '13.1.4',
    reason: 'Grafana is not to be had without an engine: the preview draws the boards with its own components',
    user: '472:0',
  },
  'node-exporter': {
    repository: 'quay.io/prometheus/node-exporter',
    tag: 'v1.12.1',
    tested: '1.11.1',
    reason: 'the newest that the tests can have; the metrics used are those of 1.5 and later',
    user: nobody,
  },
  'blackbox-exporter': {
    repository: 'quay.io/prometheus/blackbox-exporter',
    tag: 'v0.28.0',
    tested: '0.28.0',
    user: nobody,
  },
  'postgres-exporter': {
    repository: 'quay.io/prometheuscommunity/postgres-exporter',
    tag: 'v0.20.1',
    tested: '0.19.1',
    reason: 'the newest that the tests can have; the metrics used are those of 0.15 and later',
    user: nobody,
  },
  'redis-exporter': {
    repository: 'docker.io/oliver006/redis_exporter',
    tag: 'v1.88.0-alpine',
    tested: '1.86.0',
    reason: 'the newest that the tests can have; the metrics used are those of 1.50 and later',
    user: '59000:59000',
  },
  cadvisor: {
    repository: 'ghcr.io/google/cadvisor',
    tag: 'v0.60.5',
    reason: 'cAdvisor needs an engine: its queries run against a recorded exposition',
    user: '0:0',
  },
} as const satisfies Readonly<Record<string, Image>>;

export type ImageName = keyof typeof images;

/** `repository:tag` */
export function imageReference(name: ImageName): string {
  return `${images[name].repository}:${images[name].tag}`;
}
