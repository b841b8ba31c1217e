/** The resolved input of everything that is generated: what exists, what is promised, who owns it. Pure data. */
import type { MetricEntry } from '../catalog/metric.ts';
import type { Naming } from '../catalog/naming.ts';
import type { AlertKnobs, AlertName } from '../objectives/alert-knobs.ts';
import type { BurnWindow } from '../objectives/burn-windows.ts';
import type { Duration } from '../objectives/duration.ts';
import type { ObjectiveLines } from '../objectives/lines.ts';
import type { Slo } from '../objectives/slos.ts';
import type { Identity } from '../promql/render-context.ts';

/** A datastore that a service owns (its exporter is scraped under that service), or uses but another service owns. */
export type Datastore =
  | {
      readonly kind: 'own';
      /** host:port of its exporter. */
      readonly exporter: string;
      /** Where the exporter of the compose stack finds it; absent where the user runs the exporter. */
      readonly address: string | undefined;
    }
  | { readonly kind: 'shared'; readonly owner: string };

export interface ServiceModel {
  readonly name: string;
  /** Where Prometheus reaches the service, e.g. `http://host.docker.internal:3000`. */
  readonly url: string;
  readonly metricsPath: string;
  /** Port of the first instance's metrics; undefined where they are at `url`. */
  readonly metricsPort: number | undefined;
  /** Processes that serve metrics, on consecutive ports. */
  readonly instances: number;
  /** Path of the liveness endpoint that is probed from outside. */
  readonly healthPath: string;
  /** `dns`: every address that the host of `url` resolves to. */
  readonly discovery: 'static' | 'dns';
  /** Further URLs that are probed, beside that of the liveness endpoint. */
  readonly probes: readonly string[];
  readonly team: string;
  readonly slos: readonly Slo[];
  readonly database: Datastore | undefined;
  readonly redis: Datastore | undefined;
  /** Backups that must be fresh, by the name given to the backup recorder. */
  readonly backups: readonly string[];
}

/** A metric that the user declared, or one of the default business model. */
export interface BusinessMetric {
  readonly entry: MetricEntry;
  /** Title of its panel. */
  readonly title: string;
  /** Whether BusinessActivityDrop watches it (counters only). */
  readonly watched: boolean;
}

/** Which exporters the stack runs beside those of declared datastores. */
export interface Exporters {
  readonly node: boolean;
  readonly blackbox: boolean;
  /** cAdvisor: off by default, since it is privileged. */
  readonly containers: boolean;
  readonly kubernetes: boolean;
  /** Prometheus writes its samples on to a remote storage. */
  readonly remoteWrite: boolean;
  /** The services expose the tracer's own counters. */
  readonly tracing: boolean;
  /** Services whose processes or threads are aggregated by `aggregateCluster()` or `aggregateThreads()`. */
  readonly cluster: boolean;
}

/** Base addresses that links are built from, without a slash at the end. */
export interface Links {
  readonly grafana: string;
  /** Base of `runbooks/alerts/<AlertName>.md`. */
  readonly runbooks: string;
  readonly prometheus: string;
  readonly alertmanager: string;
  readonly jaeger: string;
}

/** Where a notification goes. Secrets are files, named here and never read by the generator. */
export interface Receiver {
  readonly name: string;
  readonly kind: 'slack' | 'pagerduty' | 'email' | 'webhook' | 'msteams' | 'discord' | 'opsgenie';
  /** Which severities it gets; critical alerts of a `page` receiver repeat hourly. */
  readonly severities: readonly ('critical' | 'warning')[];
  readonly team: string | undefined;
  readonly environment: string | undefined;
  /** File (inside the secrets folder) that holds the URL, key or password. */
  readonly secretFile: string;
  /** What is not secret: channel, to, from, smarthost and the like. */
  readonly settings: Readonly<Record<string, string>>;
}

/** The clocks of the stack, from which the time from fault to notification is computed. */
export interface Timing {
  readonly scrapeInterval: Duration;
  readonly scrapeTimeout: Duration;
  readonly evaluationInterval: Duration;
  readonly groupWait: Duration;
  readonly groupInterval: Duration;
  readonly repeatCritical: Duration;
  readonly repeatWarning: Duration;
  /** Every window and `for` of a rule is divided by this: 1, or more in the drill profile. */
  readonly speedUp: number;
}

/** Addresses (host:port) under which the stack's parts reach each other. */
export interface Addresses {
  readonly prometheus: string;
  readonly alertmanager: string;
  readonly blackbox: string;
  readonly node: string;
  readonly cadvisor: string;
}

/** What the compose stack publishes, keeps and reaches. */
export interface Stack {
  /** Address of the host that ports are published on. Anything but loopback is reachable by others. @default '127.0.0.1' */
  readonly bindAddress: string;
  /** Ports of the host. Grafana's own 3000 is left to the application. @default 3030, 9090, 9093 */
  readonly ports: { readonly grafana: number; readonly prometheus: number; readonly alertmanager: number };
  /** Existing networks in which services and datastores live, to join by name. @default none */
  readonly networks: readonly string[];
  /** How long Prometheus keeps samples; error budgets look back 30 days. @default '35d' */
  readonly retention: Duration;
  /** The most disk that samples may take, e.g. `20GB`; the oldest go first. @default '20GB' */
  readonly retentionSize: string;
}

export type Profile = 'compose' | 'loopback' | 'drill';

export interface Model {
  readonly environment: string;
  readonly services: readonly ServiceModel[];
  readonly identity: Identity;
  readonly naming: Naming;
  readonly lines: ObjectiveLines;
  readonly burnWindows: readonly BurnWindow[];
  readonly knobs: AlertKnobs;
  readonly disabledAlerts: readonly AlertName[];
  readonly business: readonly BusinessMetric[];
  readonly exporters: Exporters;
  readonly links: Links;
  readonly receivers: readonly Receiver[];
  readonly timing: Timing;
  readonly addresses: Addresses;
  readonly stack: Stack;
  readonly profile: Profile;
}
