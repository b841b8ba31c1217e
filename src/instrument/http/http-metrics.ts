/** The middleware for Express 4 and 5. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { expressRoutes } from '../../routes/express-routes.ts';
import { checkHttpOptions, type HttpMetricsOptions } from './options.ts';
import { startHttpObserver } from './start.ts';

/** Middleware of Express, connect and the like. */
export interface HttpMetricsMiddleware {
  (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void): void;
  /** Takes the metrics off the registry, once all that record into them are disposed of. */
  dispose(): void;
}

/**
 * Records every request of an Express 4 or 5 app: duration by method, route and status, requests in flight, sizes of
 * bodies on the wire, aborts, streams, and what the server refused before any middleware. Put it before everything else.
 *
 * `route` is the full template of what answered (`/api/users/:id`), mounts included, also when a handler threw or the
 * client went away; `unmatched` where nothing that was registered for the path answered. Mounted twice, or called twice for
 * one registry, it counts once; the options that concern the registry are then those of the first call.
 *
 * The middleware takes about half a microsecond by itself, and some 2 us of the CPU time of a tiny Express server's request
 * (docs/bench.md). A route costs about 40 series per method, and 18 more per further status.
 * @throws TELLTALE_OPTION for options that are wrong; TELLTALE_NO_CLIENT when no Prometheus client is installed;
 * TELLTALE_METRIC_TAKEN when the registry has another metric of one of the names.
 * @example
 * const app = express();
 * app.use(httpMetrics());
 * app.get('/metrics', metricsEndpoint());
 */
export function httpMetrics(options: HttpMetricsOptions = {}): HttpMetricsMiddleware {
  checkHttpOptions('use httpMetrics()', options);
  const observer = startHttpObserver(options, expressRoutes());
  const middleware = (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void): void => {
    observer.observe(request, response);
    next();
  };
  return Object.assign(middleware, { dispose: () => observer.dispose() });
}
