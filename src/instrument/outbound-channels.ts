/** Node's own announcements of outgoing calls: fetch and undici, and node:http and https. Nothing is patched. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { EventEmitter } from 'node:events';
import { errorMonitor } from 'node:events';
import type { Calls } from './outbound-call.ts';

/** Finds the dependency of a call. */
export type FindDependency = (authority: string, protocol: string) => string;

interface UndiciMessage {
  readonly request: { readonly origin: string | URL; readonly method: string };
  readonly response?: { readonly statusCode: number };
  readonly error?: unknown;
}

interface HttpRequest extends EventEmitter {
  readonly method: string;
  readonly host: string;
  readonly protocol: string;
  getHeader(name: string): unknown;
}

interface HttpMessage {
  readonly request: HttpRequest;
  readonly response: EventEmitter & { readonly statusCode: number };
}

type Handlers = Readonly<Record<string, (message: never) => void>>;

/** Feeds `calls` until told to stop. `onFailure` hears of what went wrong in here, which never reaches the caller. */
export function subscribeToCalls(calls: Calls, findDependency: FindDependency, onFailure: () => void): () => void {
  const handlers = { ...undiciHandlers(calls, findDependency), ...httpHandlers(calls, findDependency) };
  const listeners = Object.entries(handlers).map(([channel, handle]) => {
    const listener = (message: unknown): void => {
      try {
        handle(message as never);
      } catch {
        onFailure();
      }
    };
    subscribe(channel, listener);
    return { channel, listener };
  });
  return () => {
    for (const { channel, listener } of listeners) unsubscribe(channel, listener);
  };
}

/** https://github.com/nodejs/undici/blob/main/docs/docs/api/DiagnosticsChannel.md */
function undiciHandlers(calls: Calls, findDependency: FindDependency): Handlers {
  return {
    'undici:request:create': ({ request }: UndiciMessage) => {
      const { host, protocol } = new URL(request.origin);
      calls.start(request, findDependency(host, protocol), request.method);
    },
    'undici:request:headers': ({ request, response }: UndiciMessage) => {
      if (response !== undefined) calls.answered(request, response.statusCode);
    },
    'undici:request:trailers': ({ request }: UndiciMessage) => calls.end(request),
    'undici:request:error': ({ request, error }: UndiciMessage) => calls.fail(request, error),
  };
}

/**
 * https://nodejs.org/api/diagnostics_channel.html#http. `response.finish` is announced when the headers are in, and
 * errors only by newer versions of Node, so the ends come from events whose listeners change nothing: `errorMonitor`,
 * `close`, and `timeout`, after which callers destroy the request with an error that no longer says why.
 */
function httpHandlers(calls: Calls, findDependency: FindDependency): Handlers {
  return {
    'http.client.request.start': ({ request }: HttpMessage) => {
      const host = request.getHeader('host');
      calls.start(
        request,
        findDependency(typeof host === 'string' ? host : request.host, request.protocol),
        request.method,
      );
      let timedOut = false;
      request.once('timeout', () => (timedOut = true));
      request.once(errorMonitor, (error) => calls.fail(request, timedOut ? { code: 'ETIMEDOUT' } : error));
    },
    'http.client.response.finish': ({ request, response }: HttpMessage) => {
      calls.answered(request, response.statusCode);
      response.once('close', () => calls.end(request));
    },
  };
}
