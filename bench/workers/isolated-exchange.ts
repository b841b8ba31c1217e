/**
 * One request and its response through a middleware alone: real objects of Node with Express' prototypes, a real route and
 * a real connection; no parsing, no routing and no bytes sent, which would drown what is measured.
 */
import { channel } from 'node:diagnostics_channel';
import { EventEmitter } from 'node:events';
import { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Contestant, Middleware } from '../contestant.ts';
import type { Load } from '../paths.ts';
import { type App, requestPath, trivialApp } from './trivial-app.ts';

/** What Express puts on requests. */
interface RoutedRequest extends IncomingMessage {
  originalUrl?: string;
  baseUrl?: string;
  params?: object;
  route?: object;
  res?: ServerResponse;
}

interface Exchange {
  readonly request: RoutedRequest;
  readonly response: ServerResponse;
  readonly socket: Socket;
}

/**
 * Each step is an event, as in Node: called directly, V8 makes one piece of code of a middleware that does nothing and all
 * around it, and 0.2 us of what that saves would stand as the cost of every other.
 */
export interface IsolatedExchanges {
  /** Up to and including the headers, on a connection that has no other request under way. */
  begin(socket: Socket): Exchange;
  end(exchange: Exchange): void;
}

export function isolatedExchanges(
  contestant: Contestant,
  load: Load,
  socket: Socket,
  middleware: Middleware,
): IsolatedExchanges {
  const app = trivialApp(contestant, load, middleware, doNothing);
  const arrive = exchangeFactory(app);
  const first = arrive(socket);
  app(first.request, first.response);
  const { request: routed } = first;
  if (routed.route === undefined) throw new Error('Cannot measure in isolation: the route was not reached');
  end(first);
  const { route, params, baseUrl, url } = routed as Required<RoutedRequest>;
  const steps = new EventEmitter();
  steps.on('request', ({ request, response }: Exchange) => middleware(request, response, doNothing));
  steps.on('answer', ({ request, response }: Exchange) => {
    request.baseUrl = baseUrl;
    request.url = url;
    request.route = route;
    request.params = params;
    response.setHeader('Content-Type', 'text/plain');
    response.setHeader('Content-Length', '2');
    // As `end('ok')` does before it asks for the headers.
    (response as { _contentLength?: number })._contentLength = 2;
    response.writeHead(200);
  });
  steps.on('end', end);
  return {
    begin: (on) => {
      const exchange = arrive(on);
      steps.emit('request', exchange);
      steps.emit('answer', exchange);
      return exchange;
    },
    end: (exchange) => void steps.emit('end', exchange),
  };
}

const finishChannel = channel('http.server.response.finish');

/** In the order of Node, whose own listener is the first. */
function end({ request, response, socket }: Exchange): void {
  response.finished = true;
  if (finishChannel.hasSubscribers) finishChannel.publish({ request, response, socket, server: undefined });
  response.detachSocket(socket);
  response.emit('finish');
  response.emit('close');
}

/**
 * Express swaps the prototypes of what Node has made, and from then on V8 makes a hidden class per object for each property
 * that is added. That is for the real server to show; here subclasses have Express' methods from the start.
 */
function exchangeFactory(app: App): (socket: Socket) => Exchange {
  class ExpressRequest extends IncomingMessage {}
  class ExpressResponse extends ServerResponse {}
  Object.setPrototypeOf(ExpressRequest.prototype, app.request);
  Object.setPrototypeOf(ExpressResponse.prototype, app.response);
  return (socket) => {
    const request: RoutedRequest = new ExpressRequest(socket);
    request.httpVersionMajor = 1;
    request.httpVersionMinor = 1;
    request.httpVersion = '1.1';
    request.method = 'GET';
    request.url = requestPath;
    request.rawHeaders = rawHeaders;
    request.originalUrl = requestPath;
    request.baseUrl = '';
    const response = new ExpressResponse(request);
    response.assignSocket(socket);
    request.res = response;
    return { request, response, socket };
  };
}

const rawHeaders = ['Host', 'localhost:3000', 'User-Agent', 'telltale-bench'];

function doNothing(): void {}
