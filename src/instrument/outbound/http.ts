/**
 * Calls of node:http and node:https. https://nodejs.org/api/diagnostics_channel.html#http
 *
 * `created` is announced by Node 22 and newer. Node 20 says no more than `start`, when the body of the request was handed
 * to a socket, so there the time begins then; and a response or an error that comes before is the first one hears of it.
 * `response.finish` means that the headers are in, so the ends come from events, whose listeners change nothing.
 */
import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import type { Calls } from './call.ts';
import type { FindDependency, Handlers } from './channels.ts';

interface HttpRequest extends EventEmitter {
  readonly method: string;
  readonly host: string;
  readonly protocol: string;
  readonly socket: Socket | null;
  /** Not documented, and the only trace of the answer to an upgrade, whose event must not get one more listener. */
  readonly res?: HttpResponse | null;
  getHeader(name: string): unknown;
}

interface HttpResponse extends EventEmitter {
  readonly req: HttpRequest;
  readonly statusCode: number;
  readonly complete: boolean;
  readonly readableDidRead: boolean;
  readonly upgrade: boolean;
  readonly errored: Error | null;
}

interface HttpMessage {
  readonly request: HttpRequest;
  readonly response: HttpResponse;
  readonly error: unknown;
}

export function httpHandlers(calls: Calls, findDependency: FindDependency): Handlers {
  // Shared by all requests, so that none costs a closure.
  const timedOut = function (this: HttpRequest): void {
    calls.timedOut(this);
  };
  const requestClosed = function (this: HttpRequest): void {
    this.removeListener('timeout', timedOut);
    endOfRequest(calls, this);
  };
  const responseClosed = function (this: HttpResponse): void {
    endOfResponse(calls, this);
  };
  const begin = ({ request }: HttpMessage): void => {
    if (calls.has(request)) return;
    const dependency = findDependency(authorityOf(request), request.protocol);
    calls.start(request, { dependency, method: request.method });
    request.once('timeout', timedOut);
    request.once('close', requestClosed);
  };
  let announcesCreation = false;
  /** Where all are announced, what is unknown began before anybody listened. */
  const beginLate = (message: HttpMessage): void => {
    if (!announcesCreation) begin(message);
  };
  return {
    'http.client.request.created': (message: HttpMessage) => {
      announcesCreation = true;
      begin(message);
    },
    'http.client.request.start': beginLate,
    'http.client.request.error': (message: HttpMessage) => {
      beginLate(message);
      calls.fail(message.request, message.error);
    },
    'http.client.response.finish': (message: HttpMessage) => {
      beginLate(message);
      if (!calls.has(message.request)) return;
      calls.answered(message.request, message.response.statusCode);
      message.response.once('close', responseClosed);
    },
  };
}

/** Of a proxy that is called by its own address, and of a unix socket, the header names who is meant. */
function authorityOf(request: HttpRequest): string {
  const host = request.getHeader('host');
  return typeof host === 'string' ? host : request.host;
}

/** The end of calls whose response is not read, or that have none. */
function endOfRequest(calls: Calls, request: HttpRequest): void {
  const { res: response } = request;
  if (response === undefined || response === null) return calls.fail(request, undefined);
  if (response.upgrade) {
    calls.answered(request, response.statusCode);
    return calls.end(request);
  }
  if (response.complete && !response.readableDidRead) calls.abandoned(request);
}

function endOfResponse(calls: Calls, { req: request, complete, errored }: HttpResponse): void {
  if (complete) return calls.end(request);
  // A response that its caller destroys looks the same, but for the other side, which has not hung up.
  if (request.socket?.readableEnded === true) calls.fail(request, errored);
  else calls.abandoned(request);
}
