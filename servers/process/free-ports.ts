/** Free ports of the loopback address. */
import { createServer, type AddressInfo, type Server } from 'node:net';

/**
 * Finds `count` different ports that nobody listens on at 127.0.0.1. Start what needs them soon: nothing reserves them.
 * @example const [app, metrics] = await freePorts(2);
 */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(Array.from({ length: count }, listen));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** One free port. */
export async function freePort(): Promise<number> {
  const [port = 0] = await freePorts(1);
  return port;
}

function listen(): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}
