/** What Prometheus scrapes: one job per kind of target, as data. How it becomes YAML is in `src/emit/prometheus.ts`. */
import type { Exposer } from '../catalog/exposers.ts';

/** Targets that share their labels; `targets/<job>.json` is a list of these. */
export interface TargetGroup {
  /** host:port, or a URL where the job probes. */
  readonly targets: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

/** A name whose addresses are looked up again and again: replicas of a service. */
export interface DnsTargets {
  readonly name: string;
  readonly port: number;
  /** Labels of every address of it. */
  readonly labels: Readonly<Record<string, string>>;
}

/** Source: https://prometheus.io/docs/prometheus/latest/configuration/configuration/#relabel_config */
export interface RelabelRule {
  readonly source_labels?: readonly string[];
  readonly regex?: string;
  readonly target_label?: string;
  readonly replacement?: string;
  readonly action?: 'replace' | 'labeldrop';
}

/** What one target may cost before its scrape is thrown away: a guard against a label that explodes. */
export interface ScrapeLimits {
  readonly samples: number;
  readonly bodySize: `${number}MB`;
}

export interface ScrapeJob {
  readonly name: string;
  readonly limits: ScrapeLimits;
  readonly groups: readonly TargetGroup[];
  readonly dns: readonly DnsTargets[];
  /** Path and parameters, where they are not those of the targets themselves. */
  readonly path?: string;
  readonly parameters?: Readonly<Record<string, readonly string[]>>;
  readonly relabel: readonly RelabelRule[];
  readonly metricRelabel: readonly RelabelRule[];
}

/** Job of the services themselves. */
export const serviceJob = 'app';

/** Job of the second node exporter, which sees the host's network from inside a container. */
export const nodeNetworkJob = 'node-network';

/** Jobs that stand for a part of the catalog. */
export const jobOf = {
  node: 'node-exporter',
  postgres: 'postgres-exporter',
  redis: 'redis-exporter',
  blackbox: 'blackbox-exporter',
  cadvisor: 'cadvisor',
  prometheus: 'prometheus',
  alertmanager: 'alertmanager',
} as const satisfies Readonly<Record<string, Exposer>>;

/**
 * Budgets. A service of the default catalog exposes about 20 series per route and status, and 500 routes at the most;
 * exporters grow with devices, databases and containers.
 */
export const scrapeLimits = {
  [serviceJob]: { samples: 50_000, bodySize: '20MB' },
  node: { samples: 10_000, bodySize: '10MB' },
  [nodeNetworkJob]: { samples: 5_000, bodySize: '5MB' },
  postgres: { samples: 20_000, bodySize: '20MB' },
  redis: { samples: 5_000, bodySize: '5MB' },
  blackbox: { samples: 200, bodySize: '1MB' },
  cadvisor: { samples: 50_000, bodySize: '50MB' },
  prometheus: { samples: 10_000, bodySize: '10MB' },
  alertmanager: { samples: 5_000, bodySize: '5MB' },
} as const satisfies Readonly<Record<string, ScrapeLimits>>;

export type JobName = keyof typeof scrapeLimits;
