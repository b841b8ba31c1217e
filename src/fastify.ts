/** `telltale/fastify`: the plugin for Fastify 4 and 5. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { TelltaleError } from './errors.ts';
import type { FastifyAppLike } from './instrument/fastify/app.ts';
import { watchArrivals } from './instrument/fastify/arrivals.ts';
import { addEndpoint } from './instrument/fastify/endpoints.ts';
import { healthPaths } from './instrument/health/options.ts';
import { checkHttpOptions, type HttpMetricsOptions } from './instrument/http/options.ts';
import { startHttpObserver } from './instrument/http/start.ts';
import { type Observed, type ObserveOptions, startParts } from './instrument/observe-parts.ts';
import { collectRoutes, hasNoRoutes } from './routes/fastify-list.ts';
import { fastifyResolver, noteFastifyRequest } from './routes/fastify-route.ts';
import type { ListedRoute } from './routes/list-routes.ts';

export type { FastifyAppLike } from './instrument/fastify/app.ts';
export type { ListedRoute } from './routes/list-routes.ts';
export type { Observed, ObserveOptions } from './instrument/observe-parts.ts';

/** What the plugin has left on an app, so that encapsulated instances have it too. */
interface Registered {
  readonly observed: Observed;
  readonly routes: () => readonly ListedRoute[];
}

const registeredOn = Symbol.for('telltale.fastify');

/**
 * Records the requests of a Fastify 4 or 5 app and the Node process, and adds the routes `/metrics`, `/health` and `/ready`:
 * `observe()` for Fastify, with its options and metrics. Register it first, on the app itself, and await it: a hook that
 * runs before its own and answers leaves the request `unmatched`, and so do routes outside of an encapsulated context that
 * it was registered in.
 *
 * `route` is the template with its prefixes (`/api/users/:id`), whatever hook, handler or error handler answered, also when
 * the client went away; `unmatched` for what a 404 handler answers, for a 404 of `/*`, for URLs that Fastify refuses, and for
 * what it answers while it closes. A request is timed from its arrival at the server, before Fastify routes it. What
 * `app.inject()` sends is not recorded: it has no connection to be measured on.
 *
 * The routes that it adds are routes like others: hooks of the app run for them, so one that authenticates must let them
 * through, or `metrics: false` and `metricsServer()` keep the metrics elsewhere. What they answer is not recorded. Closing
 * the app takes the metrics off the registry.
 * @throws TELLTALE_OPTION, TELLTALE_NO_CLIENT, TELLTALE_METRIC_TAKEN, when the app starts
 * @example
 * const app = Fastify();
 * await app.register(fastifyMetrics, { health: { checks: { database: () => pool.query('SELECT 1') } } });
 */
export const fastifyMetrics: FastifyMetricsPlugin = Object.assign(register, {
  /** Else hooks would see the routes of a context of its own, that is none. */
  [Symbol.for('skip-override')]: true,
  [Symbol.for('fastify.display-name')]: 'telltale',
  // request.routeOptions came with 4.10.
  [Symbol.for('plugin-meta')]: { name: 'telltale', fastify: '>=4.10.0' },
});

export type FastifyMetricsPlugin = (app: FastifyAppLike, options: ObserveOptions) => Promise<void>;

/**
 * What `fastifyMetrics` has started on an app; undefined where it is not registered.
 * @example
 * process.once('SIGTERM', () => {
 *   observedOf(app)?.draining(); // /ready answers 503 from now on
 *   setTimeout(() => app.close(), 5_000);
 * });
 */
export function observedOf(app: object): Observed | undefined {
  return registered(app)?.observed;
}

/**
 * Every route and method that was added after `fastifyMetrics`, in the order of registration, named as in metrics: for a test
 * of your own that shows that each route is seen. `*` is every method. Left out are the plugin's own routes and HEAD where
 * there is GET.
 * @throws TELLTALE_OPTION where fastifyMetrics is not registered, or was after other routes: Fastify does not tell those.
 * @example
 * const { values } = await registry.getSingleMetric('http_request_duration_seconds').get();
 * const isSeen = ({ method, route }) =>
 *   values.some(({ labels }) => labels.route === route && (method === '*' || labels.method === method));
 * expect(listRoutes(app).filter((listed) => !isSeen(listed))).toEqual([]);
 */
export function listRoutes(app: object): readonly ListedRoute[] {
  const found = registered(app);
  if (found !== undefined) return found.routes();
  throw new TelltaleError('TELLTALE_OPTION', 'Cannot list the routes as fastifyMetrics is not registered on this app', {
    fix: 'register it first, and await it: `await app.register(fastifyMetrics)`',
  });
}

function registered(app: object): Registered | undefined {
  return (app as { readonly [registeredOn]?: Registered })[registeredOn];
}

// oxlint-disable-next-line typescript/require-await -- what it throws must reach Fastify as a rejection
async function register(app: FastifyAppLike, options: ObserveOptions): Promise<void> {
  const isFirst = hasNoRoutes(app);
  const observed = startParts({
    action: 'register fastifyMetrics',
    options,
    startHttp: (httpOptions) => recordRequests(app, httpOptions),
    attach: ({ exposition, health }) => {
      if (exposition !== undefined) addEndpoint(app, exposition.path, exposition.endpoint);
      if (health === undefined) return;
      const paths = healthPaths(options.health === false ? {} : options.health?.paths);
      addEndpoint(app, paths.health, health);
      addEndpoint(app, paths.ready, health);
    },
  });
  // Its own routes are there by now, and are not the application's.
  const routes = registered(app)?.routes ?? collectRoutes(app, isFirst);
  const left: Registered = { observed, routes };
  Object.defineProperty(app, registeredOn, { value: left, configurable: true });
  app.addHook('onClose', (_instance, done) => {
    observed.dispose();
    done();
  });
}

function recordRequests(app: FastifyAppLike, options: HttpMetricsOptions): { dispose(): void } {
  checkHttpOptions('register fastifyMetrics', options);
  const observer = startHttpObserver(options, { resolve: fastifyResolver() });
  const arrivals = watchArrivals(app, (response) => observer.observe(response.req, response));
  app.addHook('onRequest', (request, reply, done) => {
    noteFastifyRequest(request);
    arrivals.routed(request.raw as IncomingMessage, reply.raw as ServerResponse);
    done();
  });
  return {
    dispose: () => {
      arrivals.dispose();
      observer.dispose();
    },
  };
}
