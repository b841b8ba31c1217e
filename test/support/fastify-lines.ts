/** The Fastify lines that tests run against. Fastify 4 is used through Fastify 5's types. */
import { createRequire } from 'node:module';
import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify';

export type App = FastifyInstance;

/** What both lines take; `http2` and `https` too: such apps differ in types alone. */
export interface AppOptions extends FastifyServerOptions {
  readonly http2?: boolean;
  readonly https?: object;
}

export interface FastifyLine {
  readonly name: string;
  readonly create: (options?: AppOptions) => App;
  readonly is5: boolean;
}

type Create = (options: object) => App;

const require = createRequire(import.meta.url);
const fastify4 = require('fastify4') as Create;
const fastify5 = Fastify as unknown as Create;

export const fastifyLines: readonly FastifyLine[] = [
  {
    name: 'Fastify 4.29',
    // It takes what concerns the router among the others.
    create: ({ routerOptions, ...options } = {}) => fastify4({ ...options, ...routerOptions }),
    is5: false,
  },
  { name: 'Fastify 5', create: (options = {}) => fastify5(options), is5: true },
];
