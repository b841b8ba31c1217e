/** Who owns which datastore, and where its exporter is. */
import type { Datastore, Profile } from '../model/model.ts';
import type { DatastoreConfig, ServiceConfig } from './config.ts';
import { defaultDatastoreAddresses, defaultDatastoreExporters } from './defaults.ts';

export type DatastoreKind = keyof typeof defaultDatastoreExporters;

export interface Datastores {
  of(service: ServiceConfig, kind: DatastoreKind): Datastore | undefined;
}

/**
 * Datastores of the services. Each that needs an exporter of the compose stack gets one: `postgres-exporter` for the
 * first, `postgres-exporter-<service>` for the others.
 */
export function datastoresOf(services: readonly ServiceConfig[], profile: Profile): Datastores {
  const first = (kind: DatastoreKind): ServiceConfig | undefined =>
    services.find((service) => needsExporter(service[kind]));
  return {
    of: (service, kind) =>
      toDatastore(service[kind], {
        exporter: exporterOf(kind, profile, service === first(kind) ? '' : `-${service.name}`),
        address: defaultDatastoreAddresses[kind],
      }),
  };
}

/** Whether a datastore is the service's own and the config names no exporter for it. */
export function needsExporter(datastore: DatastoreConfig | undefined): boolean {
  if (datastore === undefined || typeof datastore === 'boolean') return datastore === true;
  return !('owner' in datastore) && datastore.exporter === undefined;
}

interface Defaults {
  readonly exporter: string;
  readonly address: string;
}

function toDatastore(config: DatastoreConfig | undefined, defaults: Defaults): Datastore | undefined {
  if (config === undefined || config === false) return undefined;
  if (config === true) return { kind: 'own', ...defaults };
  if ('owner' in config) return { kind: 'shared', owner: config.owner };
  if (config.exporter !== undefined) return { kind: 'own', exporter: config.exporter, address: undefined };
  return { kind: 'own', exporter: defaults.exporter, address: config.address ?? defaults.address };
}

function exporterOf(kind: DatastoreKind, profile: Profile, suffix: string): string {
  const { container, port } = defaultDatastoreExporters[kind];
  return profile === 'compose' ? `${container}${suffix}:${port}` : `127.0.0.1:${port}`;
}
