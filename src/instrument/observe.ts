/** Everything an Express service needs to be watched, in one line. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { httpMetrics } from './http/http-metrics.ts';
import { hasPath } from './http/path.ts';
import type { MetricsEndpoint } from './exposition/metrics-endpoint.ts';
import { type Observed, type ObserveOptions, startParts } from './observe-parts.ts';

export type { Observed, ObserveOptions } from './observe-parts.ts';

type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** An Express app, as far as it is used here. */
export interface ObservableApp {
  use(handler: Middleware): unknown;
}

/**
 * Records the requests of an Express 4 or 5 app and the Node process, and answers `/metrics`, `/health` and `/ready`. Call
 * it before anything else is added to the app: what comes first is what is measured.
 * @throws TELLTALE_OPTION, TELLTALE_NO_CLIENT, TELLTALE_METRIC_TAKEN
 * @example
 * const app = express();
 * const observed = observe(app, { health: { checks: { database: () => pool.query('SELECT 1') } } });
 */
export function observe(app: ObservableApp, options: ObserveOptions = {}): Observed {
  return startParts({
    action: 'use observe()',
    options,
    startHttp: httpMetrics,
    attach: ({ http, exposition, health }) => {
      app.use(http);
      if (exposition !== undefined) app.use(at(exposition.path, exposition.endpoint));
      if (health !== undefined) app.use(health);
    },
  });
}

/** Answers one path. Without a path of its own in Express, as a layer with one would cost every request a little. */
function at(path: string, endpoint: MetricsEndpoint): Middleware {
  return (request, response, next) => {
    if (hasPath(request, path)) endpoint(request, response);
    else next();
  };
}
