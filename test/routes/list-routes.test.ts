import { Registry } from 'prom-client';
import { describe, expect, test } from 'vitest';
import { httpMetrics } from '../../src/instrument/http/http-metrics.ts';
import { type ListedRoute, listRoutes } from '../../src/routes/list-routes.ts';
import { requestsSettle } from '../support/express-exposition.ts';
import { expressLines } from '../support/express-lines.ts';
import { answer503, goOn, ok } from '../support/express-rows.ts';
import { startServer } from '../support/express-server.ts';

describe.each(expressLines)('listRoutes() with $name', ({ express, everything }) => {
  test('names every route and method in full, in the order of registration', () => {
    const shared = express.Router().get('/x/:id', ok).delete('/x/:id', ok);
    const nested = express.Router().use('/b/:y', express.Router().get('/', ok));
    const app = express()
      .use(goOn)
      .get('/', ok)
      .post(['/one', '/two/:id'], ok)
      .use('/first', shared)
      .use('/t/:tid', goOn, shared)
      .use(['/a/:x', '/c'], nested)
      .use('/sub/:k', express().get('/z', ok))
      .use('/re', express.Router().get(/^\/(\d+)$/, ok))
      .all('/all', ok)
      .use(everything, ok)
      .use(answer503);
    expect(listRoutes(app).map(({ method, route }) => `${method} ${route}`)).toEqual([
      'GET /',
      'POST /one',
      'POST /two/:id',
      'GET /first/x/:id',
      'DELETE /first/x/:id',
      'GET /t/:tid/x/:id',
      'DELETE /t/:tid/x/:id',
      'GET /a/:x/b/:y',
      'GET /c/b/:y',
      'GET /sub/:k/z',
      String.raw`GET /re/(\d+)`,
      '* /all',
    ]);
  });

  test('shows which routes traffic has missed, as its documentation says', async () => {
    const registry = new Registry();
    const router = express.Router().get('/x/:id', ok).delete('/x/:id', ok).all('/any', ok);
    const app = express().use(httpMetrics({ registry })).use('/t/:tid', router).get('/missed', ok);
    const server = await startServer(app);
    await server.send({ path: '/t/1/x/2' });
    await server.send({ method: 'PUT', path: '/t/1/any' });
    await requestsSettle(registry);
    await server.close();
    const { values } = (await registry.getSingleMetric('http_request_duration_seconds')?.get()) ?? { values: [] };
    const isSeen = ({ method, route }: ListedRoute): boolean =>
      values.some(({ labels }) => labels['route'] === route && (method === '*' || labels['method'] === method));
    expect(listRoutes(app).filter((listed) => !isSeen(listed))).toEqual([
      { method: 'DELETE', route: '/t/:tid/x/:id' },
      { method: 'GET', route: '/missed' },
    ]);
  });

  test('lists nothing for an app without routes', () => {
    expect(listRoutes(express())).toEqual([]);
  });

  test('runs nothing of the application, not even of an app that is mounted in it', () => {
    const ran: string[] = [];
    const note =
      (name: string) =>
      (...args: readonly unknown[]): void => {
        ran.push(`${name} ${args.length}`);
      };
    const sub = express().use(note('sub')).get('/x', ok);
    sub.set('query parser', note('query parser'));
    listRoutes(express().use(note('app')).use('/sub', sub));
    expect(ran).toEqual([]);
  });

  test('sees through the wrappers of other instrumentations', () => {
    const app = express().use('/r', express.Router().get('/x', ok)).use('/sub', express().get('/z', ok));
    const { stack } = ((app as { _router?: object })._router ?? app.router) as { stack: { handle: object }[] };
    for (const layer of stack) {
      const wrapper = (): object => layer;
      layer.handle = Object.assign(wrapper, { __original: layer.handle });
    }
    expect(listRoutes(app).map(({ route }) => route)).toEqual(['/r/x', '/sub/z']);
  });

  test('comes to an end where a Router contains itself', () => {
    const router = express.Router().get('/x', ok);
    router.use('/again', router);
    expect(listRoutes(express().use('/r', router))).toEqual([{ method: 'GET', route: '/r/x' }]);
  });
});
