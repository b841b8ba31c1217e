/** Services, their datastores, and who owns which. */
import { platformService } from '../catalog/exposers.ts';
import { all, each, fields, flag, isRecord, list, oneOf, rule, text, type Check } from './checks.ts';
import type { ServiceConfig } from './config.ts';
import { fieldOf, itemsOf, unique } from './cross-checks.ts';
import { instances, instancesHavePorts, metricsPort, portsApart } from './validate-instances.ts';
import { validateSlos } from './validate-slos.ts';
import { fullUrl, hostAndPort, labelValue, originUrl, urlPath } from './value-checks.ts';

const serviceName: Check = all(
  text('a service name must be lower case letters, digits and hyphens', /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/),
  rule(
    `a service name must not be "${platformService}", which hosts and the stack itself have`,
    (name) => name !== platformService,
  ),
);

const datastoreAddress = text(
  'the address of a datastore must be host:port or host:port/database, with ?sslmode=... at the most, without user and password',
  /^[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?:\d{1,5}(?:\/[\w-]+)?(?:\?sslmode=(?:disable|require|verify-ca|verify-full))?$/,
);

const ownDatastore = fields('a datastore', { exporter: hostAndPort, address: datastoreAddress, owner: serviceName });
const sharedDatastore = fields('a shared datastore', { owner: serviceName });

const datastore: Check = (value, path) => {
  if (!isRecord(value)) return flag(value, path);
  return (value['owner'] === undefined ? ownDatastore : sharedDatastore)(value, path);
};

const service = (bound: Check): Readonly<Record<keyof ServiceConfig, Check>> => ({
  name: serviceName,
  url: originUrl,
  discovery: oneOf('discovery', ['static', 'dns']),
  metricsPath: urlPath,
  metricsPort,
  instances,
  healthPath: urlPath,
  probes: list('URLs', fullUrl),
  team: labelValue('a team'),
  database: datastore,
  redis: datastore,
  slos: validateSlos(bound),
  backups: list('backup names', labelValue('a backup name')),
});

/** An owner must be a service that has the datastore itself. */
const ownersExist: Check = (value, path) =>
  itemsOf(value).flatMap((service, index) =>
    datastoreKinds.flatMap((kind) => {
      const owner = fieldOf(service[kind], 'owner');
      if (typeof owner !== 'string') return [];
      const owners = itemsOf(value).filter((other) => owns(other[kind]));
      const names = owners.map(({ name }) => String(name));
      return oneOf(`the owner of a ${kind}`, names)(owner, `${path}[${index}].${kind}.owner`);
    }),
  );

export const datastoreKinds = ['database', 'redis'] as const;

/** @param bound what a threshold on the time of requests must be */
export function validateServices(bound: Check): Check {
  return each(
    list('services', fields('a service', service(bound), ['name', 'url']), 1),
    unique('a service', 'name'),
    ownersExist,
    instancesHavePorts,
    portsApart,
  );
}

function owns(datastore: unknown): boolean {
  return datastore === true || (isRecord(datastore) && datastore['owner'] === undefined);
}
