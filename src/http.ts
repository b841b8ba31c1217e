/** `telltale/http`: the recorder for servers of plain node:http. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { aFunction } from './instrument/metrics/option-checks.ts';
import { checkHttpOptions, type HttpMetricsOptions } from './instrument/http/options.ts';
import { startHttpObserver } from './instrument/http/start.ts';
import { type ResolvedRoute, unmatched } from './routes/resolved-route.ts';

export type { HttpMetricsOptions } from './instrument/http/options.ts';

export interface ListenerMetricsOptions extends HttpMetricsOptions {
  /**
   * Names the route of a request as a template, never with values in it; undefined is recorded as `unmatched`. Called when
   * the headers are sent, or when the client goes away before. Should it throw, or give anything else, the request is recorded
   * as `unmatched` and the failure counted in `telltale_label_errors_total`.
   * @default every request is `unmatched`
   * @example (request) => (request.url?.startsWith('/users/') ? '/users/:id' : undefined)
   */
  readonly route?: (request: IncomingMessage, response: ServerResponse) => string | undefined;
}

/**
 * A request listener that records each request, then calls the given one. Metrics and options are those of
 * `httpMetrics()`.
 * @throws TELLTALE_OPTION, TELLTALE_NO_CLIENT, TELLTALE_METRIC_TAKEN
 * @example
 * const server = createServer(instrumentListener(listener, { route: (request) => router.match(request.url)?.template }));
 */
export function instrumentListener(listener: RequestListener, options: ListenerMetricsOptions = {}): RequestListener {
  checkHttpOptions('use instrumentListener()', options, { route: aFunction });
  const observer = startHttpObserver(options, {
    resolve: (request, response) => asResolved(options.route?.(request, response)),
  });
  return (request, response) => {
    observer.observe(request, response);
    return listener(request, response);
  };
}

/** Throws for what is no text: the recorder counts that, and records `unmatched`. */
function asResolved(template: unknown): ResolvedRoute {
  if (template === undefined) return unmatched;
  if (typeof template === 'string' && template !== '') return { template, catchAll: false };
  // Of JavaScript: nobody else would see it fail.
  if (template instanceof Promise) template.catch(() => undefined);
  throw new TypeError(
    `route() must return a text or undefined, got ${template === '' ? 'an empty text' : typeof template}`,
  );
}
