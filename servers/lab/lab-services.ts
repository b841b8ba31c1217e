/** The example services as processes, as a user would run them. */
import { fileURLToPath } from 'node:url';
import { TelltaleError } from '../../src/errors.ts';
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
  fault(service: 'api' | 'payments', name: string, settings: FaultSettings): Promise<void>;
}

export interface FaultSettings {
  readonly on: boolean;
  readonly [setting: string]: unknown;
}

export async function startLabServices(ports: LabPorts, environment: ServiceEnvironment): Promise<LabServices> {
  const payments = await startService('payments', ports.payments, ports.paymentsAdmin, environment);
  const api = await startService('api', ports.api, ports.apiAdmin, { ...environment, paymentsUrl: payments.url });
  const adminPorts = { api: ports.apiAdmin, payments: ports.paymentsAdmin };
  return { api, payments, fault: (service, name, settings) => switchFault(adminPorts[service], name, settings) };
}

function startService(
  name: 'api' | 'payments',
  port: number,
  adminPort: number,
  environment: ServiceEnvironment & { readonly paymentsUrl?: string },
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
      SERVICE_VERSION: environment.version ?? '1.0.0',
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

async function switchFault(adminPort: number, name: string, settings: FaultSettings): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${adminPort}/faults/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(settings),
  });
  if (!response.ok) {
    throw new TelltaleError(
      'TELLTALE_SERVER',
      `Cannot switch fault "${name}": ${response.status} ${await response.text()}`,
    );
  }
}
