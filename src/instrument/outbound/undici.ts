/**
 * Calls of fetch and of undici. https://github.com/nodejs/undici/blob/main/docs/docs/api/DiagnosticsChannel.md
 *
 * That a connection was upgraded is announced by undici 7.30 and newer, which no Node has built in yet; before, an upgrade is seen
 * only where it fails.
 */
import type { Calls } from './call.ts';
import type { FindDependency, Handlers } from './channels.ts';

interface UndiciMessage {
  readonly request: { readonly origin: string | URL; readonly method: string };
  readonly response?: { readonly statusCode: number };
  readonly error?: unknown;
}

export function undiciHandlers(calls: Calls, findDependency: FindDependency): Handlers {
  return {
    'undici:request:create': ({ request }: UndiciMessage) => {
      const { host, protocol } = new URL(request.origin);
      calls.start(request, { dependency: findDependency(host, protocol), method: request.method });
    },
    'undici:request:headers': ({ request, response }: UndiciMessage) => {
      if (response !== undefined) calls.answered(request, response.statusCode);
    },
    'undici:request:trailers': ({ request }: UndiciMessage) => calls.end(request),
    'undici:request:error': ({ request, error }: UndiciMessage) => calls.fail(request, error),
  };
}
