/** Free ports of the loopback address: any ones, or wished ones where they are free. */
import { createServer, type AddressInfo, type Server } from 'node:net';

/**
 * Finds `count` different ports that nobody listens on at 127.0.0.1. Start what needs them soon: nothing reserves them.
 * @example const [app, metrics] = await freePorts(2);
 */
export async function freePorts(count: number): Promise<readonly number[]> {
  return (await choosePorts(Array.from({ length: count }, () => undefined))).map(({ port }) => port);
}

/** One free port. */
export async function freePort(): Promise<number> {
  const [port = 0] = await freePorts(1);
  return port;
}

export interface ChosenPort {
  readonly port: number;
  /** The wished one, when somebody else listens on it. */
  readonly busy: number | undefined;
}

/**
 * A port for each wish, all different: the wished one, or another free one where that is busy or nothing is wished.
 * @example const [{ port }] = await choosePorts([9090]);
 */
export async function choosePorts(wishes: readonly (number | undefined)[]): Promise<readonly ChosenPort[]> {
  const open: Server[] = [];
  const hold = async (port: number): Promise<number | undefined> => {
    const server = await listen(port);
    if (server !== undefined) open.push(server);
    return (server?.address() as AddressInfo | undefined)?.port;
  };
  try {
    // Wished ones first, so that none of them is taken as a free one.
    const granted = await Promise.all(wishes.map(async (wish) => (wish === undefined ? undefined : await hold(wish))));
    return await Promise.all(
      wishes.map(async (wish, index) => {
        const port = granted[index];
        if (port !== undefined) return { port, busy: undefined };
        return { port: (await hold(0)) ?? 0, busy: wish };
      }),
    );
  } finally {
    await Promise.all(open.map((server) => new Promise((resolve) => server.close(resolve))));
  }
}

const taken = new Set(['EADDRINUSE', 'EACCES']);

/** Nothing when somebody else listens there, or the port is not ours to take. */
function listen(port: number): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      taken.has(error.code ?? '') ? resolve(undefined) : reject(error),
    );
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
