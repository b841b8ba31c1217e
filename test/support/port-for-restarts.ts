/** A port for a server that clients go on trying to reach while it is gone. */
import { choosePorts } from '../../servers/process/free-ports.ts';

/**
 * Below those that systems give to outgoing connections: a client that tries again and again to reach one of those, while
 * nobody listens there, is given the same one as its own some day, connects to itself, and holds the port of the server.
 */
export async function portForRestarts(): Promise<number> {
  const [chosen] = await choosePorts([10_000 + Math.floor(Math.random() * 20_000)]);
  return chosen?.port ?? 0;
}
