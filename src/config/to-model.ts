/** A valid config and its defaults, resolved into a model. */
import { defaultAlertKnobs, type AlertKnobs, type AlertName } from '../objectives/alert-knobs.ts';
import { burnWindows } from '../objectives/burn-windows.ts';
import { defaultLines } from '../objectives/lines.ts';
import { defaultSlos, type Slo } from '../objectives/slos.ts';
import type { Datastore, Model, Profile, ServiceModel } from '../model/model.ts';
import type { AlertsConfig, Config, DatastoreConfig, ServiceConfig } from './config.ts';
import {
  defaultAddresses,
  defaultBusiness,
  defaultDatastoreExporters,
  defaultExporters,
  defaultLinks,
  defaultServices,
  defaultTiming,
} from './defaults.ts';

/** The model of a config that has been validated. */
export function toModel(config: Config): Model {
  const profile = config.profile ?? 'compose';
  const slos = config.objectives?.slos ?? defaultSlos;
  const services = config.services ?? defaultServices;
  return {
    environment: config.environment ?? 'production',
    services: services.map((service) => toService(service, slos, profile)),
    identity: { service: 'service', environment: 'environment', ...config.identity },
    naming: config.naming ?? 'prometheus',
    lines: { ...defaultLines, ...config.objectives?.lines },
    burnWindows,
    knobs: toKnobs(config.alerts ?? {}),
    disabledAlerts: disabledOf(config.alerts ?? {}),
    business: config.business ?? defaultBusiness,
    exporters: { ...defaultExporters, ...config.exporters },
    links: { ...defaultLinks, ...config.links },
    receivers: config.receivers ?? [],
    timing: { ...defaultTiming, ...config.timing },
    addresses: { ...defaultAddresses[profile], ...config.addresses },
    profile,
  };
}

function toService(service: ServiceConfig, slos: readonly Slo[], profile: Profile): ServiceModel {
  const database = toDatastore(service.database, defaultDatastoreExporters.database[profile]);
  return {
    name: service.name,
    url: service.url,
    metricsPath: service.metricsPath ?? '/metrics',
    healthPath: service.healthPath ?? '/health',
    team: service.team ?? 'platform',
    slos: service.slos ?? slos,
    database,
    redis: toDatastore(service.redis, defaultDatastoreExporters.redis[profile]),
    backups: service.backups ?? (database?.kind === 'own' ? ['database'] : []),
  };
}

function toDatastore(config: DatastoreConfig | undefined, exporter: string): Datastore | undefined {
  if (config === undefined || config === false) return undefined;
  if (config === true) return { kind: 'own', exporter };
  if ('owner' in config) return { kind: 'shared', owner: config.owner };
  return { kind: 'own', exporter: config.exporter ?? exporter };
}

function toKnobs(alerts: AlertsConfig): AlertKnobs {
  const names = Object.keys(defaultAlertKnobs) as AlertName[];
  const entries = names.map((name) => {
    const { enabled: _enabled, ...knobs } = { enabled: true, ...alerts[name] };
    return [name, { ...defaultAlertKnobs[name], ...knobs }];
  });
  return Object.fromEntries(entries) as AlertKnobs;
}

function disabledOf(alerts: AlertsConfig): AlertName[] {
  const names = Object.keys(alerts) as AlertName[];
  return names.filter((name) => alerts[name]?.enabled === false);
}
