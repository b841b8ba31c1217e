/** Loopback ports of everything that the lab runs. */
import { freePorts } from '../process/free-ports.ts';

const users = [
  'api',
  'apiAdmin',
  'payments',
  'paymentsAdmin',
  'httpsFront',
  'postgresExporter',
  'redisExporter',
  'nodeExporter',
  'blackboxExporter',
  'alertmanager',
  'prometheus',
] as const;

export type PortUser = (typeof users)[number];
export type LabPorts = Readonly<Record<PortUser, number>>;

/** Free ports, found together so that no two are the same. */
export async function labPorts(): Promise<LabPorts> {
  const ports = await freePorts(users.length);
  return Object.fromEntries(users.map((user, index) => [user, ports[index] ?? 0])) as LabPorts;
}
