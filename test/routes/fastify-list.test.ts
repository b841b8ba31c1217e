import { Registry } from 'prom-client';
import { afterEach, describe, expect, test } from 'vitest';
import { fastifyMetrics, listRoutes } from '../../src/fastify.ts';
import { recordedRequests, requestsSettle } from '../support/express-exposition.ts';
import { send } from '../support/express-server.ts';
import { type App, fastifyLines } from '../support/fastify-lines.ts';
import { ok } from '../support/fastify-rows.ts';
import { listenOn } from '../support/fastify-server.ts';

const onlyRequests = { metrics: false, health: false, runtime: false } as const;

describe.each(fastifyLines)('listRoutes() with $name', (line) => {
  const apps: App[] = [];
  const create = (): App => {
    const app = line.create({ forceCloseConnections: true });
    apps.push(app);
    return app;
  };
  afterEach(async () => {
    await Promise.all(apps.splice(0).map((app) => app.close()));
  });

  test('names each route and method as they are recorded', async () => {
    const registry = new Registry();
    const app = create();
    await app.register(fastifyMetrics, { registry, runtime: false });
    app.get('/', ok).get('/users/:id', ok).post('/users', ok).head('/only-head', ok).all('/all', ok);
    app.route({ method: ['PUT', 'PATCH'], url: '/both/:a-:b', handler: ok });
    app.register(async (scope) => void scope.get('/', ok).get('/*', ok), { prefix: '/p/:x' });
    app.options('*', ok);
    const port = await listenOn(app);
    expect(listRoutes(app)).toEqual([
      { method: 'GET', route: '/' },
      { method: 'GET', route: '/users/:id' },
      { method: 'POST', route: '/users' },
      { method: 'HEAD', route: '/only-head' },
      { method: '*', route: '/all' },
      { method: 'PUT', route: '/both/:a-:b' },
      { method: 'PATCH', route: '/both/:a-:b' },
      { method: 'OPTIONS', route: '/*' },
      { method: 'GET', route: '/p/:x' },
      { method: 'GET', route: '/p/:x/*' },
    ]);
    for (const { method, route } of listRoutes(app)) {
      await send(port, { method: method === '*' ? 'DELETE' : method, path: route.replaceAll(/:\w/g, '7') });
    }
    await requestsSettle(registry);
    expect(await recordedRequests(registry)).toEqual(
      listRoutes(app).map(({ method, route }) => `${method === '*' ? 'DELETE' : method} ${route} 200`),
    );
  });

  test('is asked of an encapsulated instance, or after a second registry, as well, and names alternatives once', async () => {
    const app = create();
    await app.register(fastifyMetrics, { registry: new Registry(), runtime: false });
    await app.register(fastifyMetrics, { registry: new Registry(), ...onlyRequests });
    for (const version of ['1.0.0', '2.0.0']) {
      app.route({ method: 'GET', url: '/a', constraints: { version }, handler: ok });
    }
    let scope: object = {};
    app.register(async (inner) => {
      scope = inner;
    });
    await app.ready();
    expect(listRoutes(scope)).toEqual([{ method: 'GET', route: '/a' }]);
  });

  test('says what is wrong where it cannot know all routes', async () => {
    const late = create().get('/before', ok);
    await late.register(fastifyMetrics, { registry: new Registry(), ...onlyRequests });
    const code = 'TELLTALE_OPTION';
    expect(() => listRoutes(late)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining('before') as string }),
    );
    expect(() => listRoutes(create())).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining('not registered') as string }),
    );
  });
});
