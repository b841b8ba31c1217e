/** Loopback ports of everything that the lab runs. */
import { choosePorts } from '../process/free-ports.ts';

/** Who needs one, and what to call it in messages. */
const users = {
  api: 'api',
  apiAdmin: 'the fault switches of api',
  payments: 'payments',
  paymentsAdmin: 'the fault switches of payments',
  httpsFront: 'the HTTPS front',
  postgresExporter: "PostgreSQL's exporter",
  redisExporter: "Redis' exporter",
  nodeExporter: 'the node exporter',
  blackboxExporter: 'the blackbox exporter',
  alertmanager: 'Alertmanager',
  prometheus: 'Prometheus',
} as const;

export type PortUser = keyof typeof users;
export type LabPorts = Readonly<Record<PortUser, number>>;

/**
 * Ports found together, so that no two are the same: the preferred ones where they are free.
 * @param progress told of each preferred port that is busy, and which one is used instead
 */
export async function labPorts(
  preferred: Partial<LabPorts> = {},
  progress: (line: string) => void = () => {},
): Promise<LabPorts> {
  const names = Object.keys(users) as PortUser[];
  const chosen = await choosePorts(names.map((name) => preferred[name]));
  const ports = names.map((name, index) => {
    const { port = 0, busy } = chosen[index] ?? {};
    if (busy !== undefined) progress(portBusy(busy, users[name], port));
    return [name, port];
  });
  return Object.fromEntries(ports) as LabPorts;
}

/** `port 9090 is busy: Prometheus gets 41233`. */
export function portBusy(busy: number, user: string, port: number): string {
  return `port ${busy} is busy: ${user} gets ${port}`;
}
