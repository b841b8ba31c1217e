/** The example services as processes, as a user would run them. */
import { fileURLToPath } from 'node:url';
import type { ServiceName } from '../../examples/faults/fault.ts';
import type { FaultState } from '../../examples/faults/switchboard.ts';
import { TelltaleError, type TelltaleErrorOptions } from '../../src/errors.ts';
import { startServer, type Server } from '../server.ts';
import type { LabPorts } from './lab-ports.ts';

export interface ServiceEnvironment {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** Label `version` of service_info. @default '1.0.0' */
  readonly version?: string;
}

export interface LabServices {
  readonly api: Server;
  readonly payments: Server;
  /** Starts a fault of one of the services, or ends it: its switch is an HTTP endpoint of the service's admin port. */
  fault(service: ServiceName, name: string, settings: FaultSettings): Promise<void>;
  /** Names of the faults of a service that are on; none while it does not answer. */
  faultsOf(service: ServiceName): Promise<readonly string[]>;
  /** Ends a service as a crash would; it stays away until `start()`. */
  kill(service: ServiceName): Promise<void>;
  /** Starts a service that does not run on the port it had; one that runs is left alone. */
  start(service: ServiceName): Promise<void>;
  /** Ends a service and starts it as another version, on the same port. */
  deploy(service: ServiceName, version: string): Promise<void>;
}

export interface FaultSettings {
  readonly on: boolean;
  readonly [setting: string]: unknown;
}

export async function startLabServices(ports: LabPorts, environment: ServiceEnvironment): Promise<LabServices> {
  const { version = '1.0.0' } = environment;
  const versions: Record<ServiceName, string> = { api: version, payments: version };
  const shared = { ...environment, versionOf: (service: ServiceName) => versions[service] };
  const payments = await startService('payments', ports.payments, ports.paymentsAdmin, shared);
  const api = await startService('api', ports.api, ports.apiAdmin, {
    ...shared,
    paymentsUrl: payments.url,
  }).catch(async (error: unknown) => {
    await payments.stop();
    throw error;
  });
  const services = { api, payments };
  const adminPorts = { api: ports.apiAdmin, payments: ports.paymentsAdmin };
  return {
    ...services,
    fault: (service, name, settings) => switchFault(adminPorts[service], name, settings),
    faultsOf: (service) => faultsThatAreOn(adminPorts[service]),
    kill: (service) => services[service].kill(),
    start: async (service) => {
      if (!services[service].isRunning) await services[service].restart();
    },
    deploy: async (service, version) => {
      versions[service] = version;
      await services[service].restart();
    },
  };
}

interface StartEnvironment extends ServiceEnvironment {
  readonly paymentsUrl?: string;
  versionOf(service: ServiceName): string;
}

function startService(
  name: ServiceName,
  port: number,
  adminPort: number,
  environment: StartEnvironment,
): Promise<Server> {
  return startServer({
    name,
    url: `http://127.0.0.1:${port}`,
    port,
    command: process.execPath,
    args: [exampleEntry(`${name}/main.js`)],
    env: {
      PORT: String(port),
      ADMIN_PORT: String(adminPort),
      DATABASE_URL: environment.databaseUrl,
      REDIS_URL: environment.redisUrl,
      // Read at each start: a deploy changes it.
      get SERVICE_VERSION() {
        return environment.versionOf(name);
      },
      PAYMENTS_URL: environment.paymentsUrl,
    },
    ready: `http://127.0.0.1:${port}/health`,
  });
}

/** A compiled file of `examples/`: the same one whether this module runs from source or from build/. */
export function exampleEntry(path: string): string {
  const built = import.meta.url.includes('/build/') ? '../../examples' : '../../build/examples';
  return fileURLToPath(new URL(`${built}/${path}`, import.meta.url));
}

const answerMillis = 10_000;

async function switchFault(adminPort: number, name: string, settings: FaultSettings): Promise<void> {
  const response = await fetch(`${faultsUrl(adminPort)}/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(settings),
    signal: AbortSignal.timeout(answerMillis),
  }).catch((cause: unknown) => {
    throw cannotSwitch(name, 'the service does not answer', { fix: 'start the service again', cause });
  });
  if (!response.ok) throw cannotSwitch(name, `${response.status} ${await response.text()}`);
}

function cannotSwitch(name: string, why: string, options?: TelltaleErrorOptions): TelltaleError {
  return new TelltaleError('TELLTALE_SERVER', `Cannot switch fault "${name}": ${why}`, options);
}

async function faultsThatAreOn(adminPort: number): Promise<readonly string[]> {
  try {
    const response = await fetch(faultsUrl(adminPort), { signal: AbortSignal.timeout(answerMillis) });
    const faults = (await response.json()) as readonly FaultState[];
    return faults.filter(({ on }) => on).map(({ name }) => name);
  } catch {
    return [];
  }
}

function faultsUrl(adminPort: number): string {
  return `http://127.0.0.1:${adminPort}/faults`;
}
