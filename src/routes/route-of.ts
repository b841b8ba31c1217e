/** The route of a request as a label, for whoever holds a request of Express: error metrics, traces, logs. */
import type { ServerResponse } from 'node:http';
import type { RequestLike } from './express-shapes.ts';
import { resolveRoute } from './resolve-route.ts';

/** The same value that `httpMetrics()` records as `route`, were the request to end now; `unmatched` where none matched. */
export function routeOf(request: object): string {
  const { res } = request as { readonly res?: ServerResponse };
  return res === undefined ? 'unmatched' : resolveRoute(request as RequestLike, res).template;
}
