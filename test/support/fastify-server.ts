/** A real Fastify server on a free port of loopback, with the plugin registered first. */
import type { AddressInfo } from 'node:net';
import type { FastifyServerOptions } from 'fastify';
import { fastifyMetrics, type ObserveOptions } from '../../src/fastify.ts';
import { type Answer, type RequestPlan, send } from './express-server.ts';
import type { App, FastifyLine } from './fastify-lines.ts';

export interface RunningFastify {
  readonly app: App;
  readonly port: number;
  readonly send: (plan: RequestPlan) => Promise<Answer | undefined>;
  readonly close: () => Promise<void>;
}

export async function startFastify(
  line: FastifyLine,
  metrics: ObserveOptions,
  build: (app: App, line: FastifyLine) => unknown,
  options: FastifyServerOptions = {},
): Promise<RunningFastify> {
  const app = line.create({ forceCloseConnections: true, ...options });
  await app.register(fastifyMetrics, { metrics: false, health: false, runtime: false, ...metrics });
  build(app, line);
  const port = await listenOn(app);
  return { app, port, send: (plan) => send(port, plan), close: async () => await app.close() };
}

/** Gives the port. */
export async function listenOn(app: App, host = '127.0.0.1'): Promise<number> {
  await app.listen({ port: 0, host });
  return (app.server.address() as AddressInfo).port;
}
