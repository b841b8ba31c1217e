/** Every route that a Fastify app has been given, as metrics and traces will name it. */
import { TelltaleError } from '../errors.ts';
import { templateOf } from './fastify-route.ts';
import type { ListedRoute } from './list-routes.ts';

/** What Fastify says of a route as it is added. */
export interface AddedRoute {
  readonly method: string | readonly string[];
  readonly url: string;
}

export interface RouteSource {
  /** A drawing; of a tree that is empty it says so. */
  printRoutes(): string;
  addHook(name: 'onRoute', hook: (route: AddedRoute) => void): unknown;
}

/** Those that `app.all()` takes in Fastify 4 and in Fastify 5. */
const everyMethod = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'];

export function hasNoRoutes(app: RouteSource): boolean {
  return app.printRoutes().includes('(empty tree)');
}

/**
 * Notes the routes that are added from now on: Fastify tells nobody about those it has.
 * @param isFirst Whether that is all of the application's.
 */
export function collectRoutes(app: RouteSource, isFirst: boolean): () => readonly ListedRoute[] {
  const routes: ListedRoute[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    const route = templateOf(url);
    routes.push(...methodsOf([method].flat()).map((each) => ({ method: each, route })));
  });
  return () => {
    if (isFirst) return withoutImplied(routes);
    throw new TelltaleError('TELLTALE_OPTION', 'Cannot list the routes as some were added before fastifyMetrics', {
      fix: 'register fastifyMetrics first, and await it: `await app.register(fastifyMetrics)`',
    });
  };
}

function methodsOf(methods: readonly string[]): readonly string[] {
  return everyMethod.every((method) => methods.includes(method)) ? ['*'] : methods;
}

/** Without those that Fastify adds by itself: HEAD beside GET, and a prefix with a slash at its end beside the one without. */
function withoutImplied(routes: readonly ListedRoute[]): readonly ListedRoute[] {
  const isAt = (at: number, method: string): boolean =>
    routes.findIndex((other) => other.route === routes[at]?.route && other.method === method) === at;
  const hasGet = ({ route }: ListedRoute): boolean =>
    routes.some((other) => other.route === route && other.method === 'GET');
  return routes.filter((listed, at) => isAt(at, listed.method) && (listed.method !== 'HEAD' || !hasGet(listed)));
}
