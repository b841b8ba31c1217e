/** `/metrics`, `/health` and `/ready` as routes of a Fastify app. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyAppLike } from './app.ts';

/** Of `metricsEndpoint()` and `healthEndpoints()`: they answer on Node's own response, past Fastify's hooks and headers. */
export type Endpoint = (request: IncomingMessage, response: ServerResponse) => void;

export function addEndpoint(app: FastifyAppLike, path: string, endpoint: Endpoint): void {
  app.route({
    method: ['GET', 'HEAD'],
    url: path,
    handler: (request, reply) => {
      reply.hijack();
      endpoint(at(path, request.raw as IncomingMessage), reply.raw as ServerResponse);
    },
  });
}

/** The request as its endpoint must see it, whatever prefix, case or slash at its end the route was reached with. */
function at(path: string, request: IncomingMessage): IncomingMessage {
  return Object.create(request, { url: { value: path } }) as IncomingMessage;
}
