/** The user's `telltale.config.ts`: the type is the manual. Every field may be left out. */
import type { Naming } from '../catalog/naming.ts';
import type { AlertKnobs, AlertName } from '../objectives/alert-knobs.ts';
import type { ObjectiveLines } from '../objectives/lines.ts';
import type { Slo } from '../objectives/slos.ts';
import type { Identity } from '../promql/render-context.ts';
import type { Addresses, BusinessMetric, Exporters, Links, Profile, Receiver, Timing } from '../model/model.ts';

/** A datastore: `true` for one of the service's own, or the name of the service that owns it. */
export type DatastoreConfig =
  | boolean
  | {
      /** host:port of its exporter. @default the exporter of the compose stack */
      readonly exporter?: string;
    }
  | {
      /** Name of the service that owns it; its failures mute this service's symptoms. */
      readonly owner: string;
    };

export interface ServiceConfig {
  /** Label `service` of its targets: lower case letters, digits and hyphens. */
  readonly name: string;
  /** Where Prometheus reaches it. */
  readonly url: string;
  /** @default '/metrics' */
  readonly metricsPath?: string;
  /** Liveness endpoint, probed from outside. @default '/health' */
  readonly healthPath?: string;
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
  readonly [A in AlertName]?: Partial<AlertKnobs[A]> & { readonly enabled?: boolean };
};

export interface Config {
  /** Label `environment` of every target. @default 'production' */
  readonly environment?: string;
  /** @default the services of the shipped example: `api` and `payments` */
  readonly services?: readonly ServiceConfig[];
  /** How your Prometheus calls the identity labels. @default { service: 'service', environment: 'environment' } */
  readonly identity?: Partial<Identity>;
  /** Metric names: classic, OpenTelemetry's, or your own. @default 'prometheus' */
  readonly naming?: Naming;
  readonly objectives?: ObjectivesConfig;
  /** Tunes or disables alerts by name. */
  readonly alerts?: AlertsConfig;
  /** Business metrics. @default those of the shipped example */
  readonly business?: readonly BusinessMetric[];
  /** @default { node: true, blackbox: true, containers: false, kubernetes: false } */
  readonly exporters?: Partial<Exporters>;
  /** Base addresses of links in alerts, panels and runbooks. @default the ports of the compose stack on localhost */
  readonly links?: Partial<Links>;
  /** Who is notified. @default nobody: notifications are logged, and a meta-alert says so */
  readonly receivers?: readonly Receiver[];
  /** Clocks of the stack. */
  readonly timing?: Partial<Timing>;
  /** How the stack's parts reach each other; set by the profile. */
  readonly addresses?: Partial<Addresses>;
  /** `compose`: names of the compose network. `loopback`: everything on 127.0.0.1. `drill`: loopback, sped up. @default 'compose' */
  readonly profile?: Profile;
  /** Folder that `generate` writes to, relative to the config. @default '.' */
  readonly output?: string;
}

/** Declares the config, so that an editor completes and checks it. */
export function defineConfig(config: Config): Config {
  return config;
}
