/** The full route template of a request in Fastify: a hook notes Fastify's request, the label is asked of it later. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ResolvedRoute, unmatched } from './resolved-route.ts';

/** A request of Fastify, as far as it is used here. */
export interface FastifyRequestLike {
  readonly raw: object;
  /** `url` is the template, prefixes included; undefined once a 404 handler has the request. */
  readonly routeOptions: { readonly url?: string | undefined };
  /** The instance that the route was added to. */
  readonly server: { readonly prefix: string };
}

/** On Node's request. Whatever app noted it: one app may hand a request over to another. */
const noted = Symbol.for('telltale.fastify-request');

interface NotedRequest extends IncomingMessage {
  [noted]?: FastifyRequestLike;
}

/** Call once Fastify has routed a request, before anything can answer it. */
export function noteFastifyRequest(request: FastifyRequestLike): void {
  (request.raw as NotedRequest)[noted] = request;
}

/**
 * Names requests by what Fastify says of them at that moment, as `reply.callNotFound()` still moves a request on.
 * `unmatched` is what no hook has seen (a URL that cannot be decoded, a server that is closing), what a 404 handler answers,
 * and a 404 of a route for everything.
 */
export function fastifyResolver(): (request: IncomingMessage, response: ServerResponse) => ResolvedRoute {
  // One object per template, so that a recorder may keep on it what belongs to the template.
  const interned = new Map<string, ResolvedRoute>();
  return (raw, { statusCode }) => {
    const request = (raw as NotedRequest)[noted];
    const url = request?.routeOptions.url;
    if (request === undefined || url === undefined) return unmatched;
    const catchAll = isCatchAll(url.slice(request.server.prefix.length));
    if (catchAll && statusCode === 404) return unmatched;
    const known = interned.get(url);
    if (known !== undefined) return known;
    const route = { template: templateOf(url), catchAll };
    interned.set(url, route);
    return route;
  };
}

/** What a route matches below the prefix of its instance. */
function isCatchAll(own: string): boolean {
  return own === '*' || own === '/*';
}

/**
 * Fastify takes `''` for `/`, and `*` without a slash. Of a prefix with and without a slash at its end Fastify 4 makes two
 * routes: they are one here, as in Express.
 */
export function templateOf(url: string): string {
  const trimmed = url.replace(/\/+$/, '');
  return trimmed.startsWith('/') ? trimmed : `/${trimmed}`;
}
