/** A client whose requests go over one connection that stays open. */
import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';

export function oneConnection(): Agent {
  return new Agent({ keepAlive: true, maxSockets: 1 });
}

/** Resolves once the whole answer has come. */
export async function sendOn(agent: Agent, port: number, path: string): Promise<void> {
  const [response] = (await once(get({ port, path, agent }), 'response')) as [IncomingMessage];
  await once(response.resume(), 'end');
}
