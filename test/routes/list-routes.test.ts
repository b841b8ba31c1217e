import { describe, expect, test } from 'vitest';
import { listRoutes } from '../../src/routes/list-routes.ts';
import { expressLines } from '../support/express-lines.ts';
import { answer503, goOn, ok } from '../support/express-rows.ts';

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
