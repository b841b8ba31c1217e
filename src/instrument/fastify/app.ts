/** What is used of Fastify 4 and 5, structurally: neither is imported. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddedRoute, RouteSource } from '../../routes/fastify-list.ts';
import type { FastifyRequestLike } from '../../routes/fastify-route.ts';

/** Node's server of HTTP/1 or HTTP/2, as far as it is used here. */
export interface ServerLike {
  listeners(event: 'request'): readonly unknown[];
  prependListener(event: 'request', listener: RequestObserver): unknown;
  off(event: 'request', listener: RequestObserver): unknown;
}

export type RequestObserver = (request: IncomingMessage, response: ServerResponse) => void;

export interface FastifyReplyLike {
  readonly raw: object;
  /** The handler answers through `raw`. */
  hijack(): unknown;
}

export type OnRequest = (request: FastifyRequestLike, reply: FastifyReplyLike, done: () => void) => void;

export interface FastifyRouteLike {
  readonly method: ('GET' | 'HEAD')[];
  readonly url: string;
  readonly handler: (request: FastifyRequestLike, reply: FastifyReplyLike) => void;
}

/** An instance of Fastify, as far as it is used here. */
export interface FastifyAppLike extends RouteSource {
  readonly server: object;
  /** Of the encapsulated instance; empty for the app itself. */
  readonly prefix: string;
  /** What Fastify listens to its servers with. */
  readonly routing: (...args: never[]) => void;
  addHook(name: 'onRoute', hook: (route: AddedRoute) => void): unknown;
  addHook(name: 'onRequest', hook: OnRequest): unknown;
  addHook(name: 'onClose', hook: (instance: unknown, done: () => void) => void): unknown;
  route(route: FastifyRouteLike): unknown;
}
