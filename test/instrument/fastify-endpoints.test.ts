import { setTimeout as delay } from 'node:timers/promises';
import { Registry } from 'prom-client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fastifyMetrics, observedOf } from '../../src/fastify.ts';
import { parseExposition } from '../support/exposition.ts';
import { recordedRequests, requestsSettle } from '../support/express-exposition.ts';
import { send } from '../support/express-server.ts';
import { type App, fastifyLines } from '../support/fastify-lines.ts';
import { ok, refuse } from '../support/fastify-rows.ts';
import { listenOn } from '../support/fastify-server.ts';

describe.each(fastifyLines)('fastifyMetrics with $name', (line) => {
  let registry: Registry;
  const apps: App[] = [];

  beforeEach(() => {
    registry = new Registry();
  });
  afterEach(async () => {
    await Promise.all(apps.splice(0).map((app) => app.close()));
  });

  const create = (options = {}): App => {
    const app = line.create({ forceCloseConnections: true, ...options });
    apps.push(app);
    return app;
  };
  const recorded = async (): Promise<readonly string[]> => {
    await requestsSettle(registry);
    return await recordedRequests(registry);
  };

  test('records requests and answers /metrics, /health and /ready in one line', async () => {
    const app = create();
    await app.register(fastifyMetrics, { registry, health: { version: '1.4.0' } });
    const port = await listenOn(app.get('/users/:id', ok));
    await send(port, { path: '/users/1' });
    expect(await send(port, { path: '/health' })).toMatchObject({ status: 200 });
    expect(await send(port, { path: '/ready' })).toMatchObject({ status: 200 });
    expect(await send(port, { path: '/ready', method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
    expect(await recorded()).toEqual(['GET /users/:id 200']);
    const answer = await send(port, { path: '/metrics' });
    expect(answer).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
    });
    const names = new Set(parseExposition(answer?.body ?? '').map(({ name }) => name));
    for (const name of [
      'http_request_duration_seconds_count',
      'health_check_status',
      'service_info',
      'telltale_series',
    ]) {
      expect(names).toContain(name);
    }
    observedOf(app)?.draining();
    expect(await send(port, { path: '/ready' })).toMatchObject({ status: 503 });
    expect(await recorded()).toEqual(['GET /users/:id 200']);
    await app.close();
    expect(registry.getMetricsAsArray()).toEqual([]);
    expect(app.server.listenerCount('request')).toBe(1);
  });

  test('puts its routes where it is told to, under any URL that Fastify takes for theirs', async () => {
    const app = create({ routerOptions: { ignoreTrailingSlash: true } });
    await app.register(
      async (scope) => {
        await scope.register(fastifyMetrics, {
          registry,
          metrics: { path: '/m' },
          health: { paths: { health: '/h' } },
        });
      },
      { prefix: '/internal' },
    );
    const port = await listenOn(app);
    const statuses = ['/internal/m', '/internal/m/', '/internal/h?x=1', '/internal/h/', '/internal/ready', '/health'];
    const answers = await Promise.all(statuses.map((path) => send(port, { path })));
    expect(answers.map((answer) => answer?.status)).toEqual([200, 200, 200, 200, 200, 404]);
    expect(await recorded()).toEqual(['GET unmatched 404']);
  });

  test('answers HEAD where the app exposes no such routes, and after the time that handlers of the app have', async () => {
    const app = create({ exposeHeadRoutes: false, handlerTimeout: 5 });
    await app.register(fastifyMetrics, { registry, health: { checks: { slow: () => delay(30) } } });
    const port = await listenOn(app);
    expect(await send(port, { path: '/ready' })).toMatchObject({ status: 200 });
    for (const path of ['/metrics', '/health', '/ready']) {
      expect(await send(port, { method: 'HEAD', path })).toMatchObject({ status: 200, body: '' });
    }
  });

  test('lets the hooks of the app guard its routes', async () => {
    const app = create();
    await app.register(fastifyMetrics, { registry });
    const port = await listenOn(app.addHook('onRequest', refuse(401)));
    expect(await send(port, { path: '/metrics' })).toMatchObject({ status: 401, body: 'no' });
    expect(await recorded()).toEqual(['GET /metrics 401']);
  });

  test('leaves nothing behind when it cannot start, and says why', async () => {
    await expect(create().register(fastifyMetrics, { registry, runtime: 7 as never })).rejects.toMatchObject({
      code: 'TELLTALE_OPTION',
      message: expect.stringContaining('Cannot register fastifyMetrics: option "runtime"') as string,
    });
    await expect(create().register(fastifyMetrics, { registry, http: { routeCap: 0 } })).rejects.toMatchObject({
      code: 'TELLTALE_OPTION',
    });
    await expect(create().get('/health', ok).register(fastifyMetrics, { registry })).rejects.toThrow(/\/health/);
    expect(registry.getMetricsAsArray()).toEqual([]);
  });

  test('answers injected requests to its routes', async () => {
    const app = create();
    await app.register(fastifyMetrics, { registry });
    expect(await app.inject('/health')).toMatchObject({ statusCode: 200 });
    expect(await app.inject('/ready')).toMatchObject({ statusCode: 200 });
    expect((await app.inject('/metrics')).body).toContain('http_requests_in_flight 0');
  });
});
