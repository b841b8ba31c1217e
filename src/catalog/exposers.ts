/** Who exposes a metric, and which labels Prometheus adds to its series. */

/** Labels on every scraped target: what kind it is, which one, whose it is, and where it runs. */
export const targetLabels = ['job', 'instance', 'service', 'environment'] as const;
export type TargetLabel = (typeof targetLabels)[number];

/** Identity: everything is computed, grouped and inhibited per (environment, service). */
export const identityLabels = ['environment', 'service'] as const;
export type IdentityLabel = (typeof identityLabels)[number];

/** Whose hosts and the stack itself are: no service may have this name. */
export const platformService = 'platform';

export interface ExposerSpec {
  /** For the reference page. */
  readonly describes: string;
  /**
   * `service`: the target's `service` label is the service that owns it. `platform`: hosts and the stack itself,
   * which belong to no single service. `rules`: series that Prometheus computes, with the identity pair only.
   */
  readonly scope: 'service' | 'platform' | 'rules';
  /** The scrape job, where it is one fixed job. */
  readonly job?: string;
}

export const exposers = {
  http: { describes: 'httpMetrics()', scope: 'service' },
  outbound: { describes: 'outboundMetrics()', scope: 'service' },
  errors: { describes: 'errorMetrics()', scope: 'service' },
  database: { describes: 'instrumentPool()', scope: 'service' },
  cache: { describes: 'instrumentCache(), instrumentRedis()', scope: 'service' },
  business: { describes: 'businessMetrics()', scope: 'service' },
  health: { describes: 'healthEndpoints()', scope: 'service' },
  runtime: { describes: 'runtimeMetrics()', scope: 'service' },
  jobs: { describes: 'instrumentJob(), observeQueue()', scope: 'service' },
  tracing: { describes: 'startTracing()', scope: 'service' },
  cluster: { describes: 'aggregateCluster(), aggregateThreads()', scope: 'service' },
  kit: { describes: 'metricsEndpoint()', scope: 'service' },
  backup: { describes: 'the backup recorder (textfile collector or push)', scope: 'service' },
  scrape: { describes: 'Prometheus itself, for every target', scope: 'service' },
  'node-exporter': { describes: 'node_exporter', scope: 'platform', job: 'node' },
  'postgres-exporter': { describes: 'postgres_exporter', scope: 'service', job: 'postgres' },
  'redis-exporter': { describes: 'redis_exporter', scope: 'service', job: 'redis' },
  'blackbox-exporter': { describes: 'blackbox_exporter', scope: 'service', job: 'blackbox' },
  cadvisor: { describes: 'cAdvisor', scope: 'platform', job: 'cadvisor' },
  'kube-state-metrics': { describes: 'kube-state-metrics', scope: 'platform', job: 'kube-state-metrics' },
  prometheus: { describes: "Prometheus' own metrics", scope: 'platform', job: 'prometheus' },
  'remote-write': {
    describes: "Prometheus' own metrics, with a remote write destination",
    scope: 'platform',
    job: 'prometheus',
  },
  alertmanager: { describes: "Alertmanager's own metrics", scope: 'platform', job: 'alertmanager' },
  rules: { describes: 'recording rules', scope: 'rules' },
  alerts: { describes: 'Prometheus, for every alert', scope: 'rules' },
} as const satisfies Readonly<Record<string, ExposerSpec>>;

export type Exposer = keyof typeof exposers;

/** The labels Prometheus adds to the series of an exposer. */
export function targetLabelsOf(exposer: Exposer): readonly TargetLabel[] {
  return exposers[exposer].scope === 'rules' ? identityLabels : targetLabels;
}
