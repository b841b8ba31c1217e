/**
 * Where requests of a Fastify app are first seen: as its server announces them, before Fastify does. Its hooks run after
 * routing, and never for URLs that it refuses to route.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyAppLike, RequestObserver, ServerLike } from './app.ts';

export interface Arrivals {
  /** Call from the first hook of each request: for one whose server is not known yet. */
  routed(request: IncomingMessage, response: ServerResponse): void;
  dispose(): void;
}

/** Calls `observe` for every request that comes over a connection; injected ones have none, and nothing to be measured on. */
export function watchArrivals(app: FastifyAppLike, observe: (response: ServerResponse) => void): Arrivals {
  const servers = new Set<ServerLike>();
  const onRequest: RequestObserver = (_request, response) => observe(response);
  const listen = (server: ServerLike): void => {
    servers.add(server);
    server.prependListener('request', onRequest);
  };
  listen(app.server as ServerLike);
  return {
    routed: (request, response) => {
      const server = serverOf(request);
      if (server === undefined || servers.has(server)) return;
      observe(response);
      // For `localhost` Fastify listens on both of its addresses, with a second server that it shows nobody.
      if (server.listeners('request').includes(app.routing)) listen(server);
    },
    dispose: () => {
      for (const server of servers) server.off('request', onRequest);
    },
  };
}

/** What a connection was made to; a stream of HTTP/2 may have lost its connection. */
function serverOf(request: IncomingMessage): ServerLike | undefined {
  const socket = request.socket as { readonly server?: ServerLike | null } | null | undefined;
  return socket?.server ?? undefined;
}
