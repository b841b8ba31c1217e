/** The user's `telltale.config.ts`: the type is the manual. Every field may be left out. */
import type { Alert } from '../alerts/alert.ts';
import type { MetricDeclaration } from '../catalog/declared-metric.ts';
import type { Naming } from '../catalog/naming.ts';
import type { AlertKnobs, AlertName } from '../objectives/alert-knobs.ts';
import type { ObjectiveLines } from '../objectives/lines.ts';
import type { Slo } from '../objectives/slos.ts';
import type { Identity } from '../promql/render-context.ts';
import type { Addresses, BusinessMetric, Exporters, Links, Profile, Receiver, Stack, Timing } from '../model/model.ts';
import type { AlertPage, OwnSection, RunbookId } from '../runbooks/runbook.ts';
import type { AddedDashboard } from './define-dashboard.ts';

/** A datastore: `true` for one of the service's own, or the name of the service that owns it. */
export type DatastoreConfig =
  | boolean
  | {
      /**
       * host:port of an exporter that you run yourself; the compose stack then runs none for it.
       * @default an exporter of the compose stack
       */
      readonly exporter?: string;
      /**
       * Where the exporter of the compose stack finds the datastore: `host:port`, for PostgreSQL also
       * `host:port/database?sslmode=require`. Never a user or a password: those are files in `monitoring/secrets/`.
       * @default 'host.docker.internal:5432/postgres', 'host.docker.internal:6379'
       */
      readonly address?: string;
    }
  | {
      /** Name of the service that owns it; its failures mute this service's symptoms. */
      readonly owner: string;
    };

export interface ServiceConfig {
  /** Label `service` of its targets: lower case letters, digits and hyphens. */
  readonly name: string;
  /** Where Prometheus reaches it: scheme, host and port. */
  readonly url: string;
  /**
   * `static`: the one address of `url`. `dns`: every address that the host of `url` resolves to, for replicas behind
   * one name. @default 'static'
   */
  readonly discovery?: 'static' | 'dns';
  /** @default '/metrics' */
  readonly metricsPath?: string;
  /** Port of `metricsServer()` on the host of `url`, scraped over HTTP. @default the metrics are at `url` */
  readonly metricsPort?: number;
  /**
   * How many processes serve metrics on the host, on consecutive ports from `metricsPort` on: those of PM2's cluster mode,
   * with `metricsServer({ port, perInstance: true })`. Each is a target. @default 1
   * @example { name: 'api', url: 'http://host.docker.internal:3000', metricsPort: 9464, instances: 4 }
   */
  readonly instances?: number;
  /** Liveness endpoint, probed from outside. @default '/health' */
  readonly healthPath?: string;
  /** Further URLs that are probed for it, such as its public address. @default none */
  readonly probes?: readonly string[];
  /** Label `team` of its alerts, and who owns its runbooks. @default 'platform' */
  readonly team?: string;
  /** @default none */
  readonly database?: DatastoreConfig;
  /** @default none */
  readonly redis?: DatastoreConfig;
  /** Objectives of its own, e.g. for the routes of a checkout. @default those of `objectives.slos` */
  readonly slos?: readonly Slo[];
  /** Backups that BackupStale watches. @default ['database'] with a database of its own, else none */
  readonly backups?: readonly string[];
}

export interface ObjectivesConfig {
  /** @default availability 99.9 %, and 99 % of requests within 0.5 s, over 30 days */
  readonly slos?: readonly Slo[];
  readonly lines?: Partial<ObjectiveLines>;
}

export type AlertsConfig = {
  readonly [A in AlertName]?: Partial<AlertKnobs[A]> & {
    /** `false` leaves the alert out, with its page and its links. @default true */
    readonly enabled?: boolean;
  };
};

/** Who is notified; `team` and `environment` narrow it down. */
export interface ReceiverConfig extends Omit<Receiver, 'team' | 'environment' | 'settings'> {
  /** Only alerts of this team. @default every team */
  readonly team?: string;
  /** Only alerts of this environment. @default every environment */
  readonly environment?: string;
  /** What is not secret: `channel` of Slack; `to`, `from`, `smarthost` and `username` of e-mail. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface StackConfig extends Partial<Omit<Stack, 'ports'>> {
  readonly ports?: Partial<Stack['ports']>;
}

/** An alert of the user's own, and its page. Made with `defineAlert`. */
export interface AddedAlert {
  readonly alert: Alert;
  readonly page: AlertPage;
}

export interface Config {
  /** Label `environment` of every target. @default 'production' */
  readonly environment?: string;
  /** @default the services of the shipped example: `api` and `payments` */
  readonly services?: readonly ServiceConfig[];
  /** How your Prometheus calls the identity labels. @default { service: 'service', environment: 'environment' } */
  readonly identity?: Partial<Identity>;
  /**
   * Metric names: classic, OpenTelemetry's, those of the library that you come from, or your own; the same as at run time.
   * @default 'prometheus'
   */
  readonly naming?: Naming;
  readonly objectives?: ObjectivesConfig;
  /** Tunes or disables alerts by name. */
  readonly alerts?: AlertsConfig;
  /** Alerts beside the 15. @default none */
  readonly addAlerts?: readonly AddedAlert[];
  /** Dashboards of your own; one with the uid of a shipped one takes its place. @default none */
  readonly addDashboards?: readonly AddedDashboard[];
  /** Sections of your own at the end of a runbook: contacts, escalation, links. @default none */
  readonly runbookSections?: { readonly [R in RunbookId]?: readonly OwnSection[] };
  /** Business metrics. @default those of the shipped example */
  readonly business?: readonly (BusinessMetric | MetricDeclaration)[];
  /** @default { node: true, blackbox: true, containers: false, kubernetes: false, remoteWrite: false, tracing: false } */
  readonly exporters?: Partial<Exporters>;
  /**
   * Base addresses of links in alerts, panels and runbooks. `runbooks` is best the address at which your repository shows
   * its main branch, where Markdown is rendered. @default the ports of the compose stack on localhost, where Prometheus
   * serves the runbooks as text
   */
  readonly links?: Partial<Links>;
  /** Who is notified. @default nobody: notifications are logged, and a meta-alert says so */
  readonly receivers?: readonly ReceiverConfig[];
  /** Clocks of the stack. */
  readonly timing?: Partial<Timing>;
  /** How the stack's parts reach each other; set by the profile. */
  readonly addresses?: Partial<Addresses>;
  /** Ports, networks and retention of the compose stack. */
  readonly stack?: StackConfig;
  /** `compose`: names of the compose network. `loopback`: everything on 127.0.0.1. `drill`: loopback, sped up. @default 'compose' */
  readonly profile?: Profile;
  /** Folder that `generate` writes to, relative to the config. @default '.' */
  readonly output?: string;
}

/** Declares the config, so that an editor completes and checks it. */
export function defineConfig(config: Config): Config {
  return config;
}
