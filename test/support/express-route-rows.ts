/** Requests that a route answers, or fails: the label is its full template. */
import {
  type Row,
  type Next,
  ok,
  boom,
  boomLater,
  goOn,
  answer503,
  boomNextTick,
  sendAndGoOn,
  late,
} from './express-rows.ts';

export const routeRows: readonly Row[] = [
  {
    name: 'app route',
    build: (app) => app.get('/users/:id', ok),
    send: { path: '/users/1?page=2' },
    expected: ['GET /users/:id 200'],
  },
  { name: 'root route', build: (app) => app.get('/', ok), send: { path: '/' }, expected: ['GET / 200'] },
  {
    name: 'Router at a plain mount',
    build: (app, { express }) => app.use('/api', express.Router().get('/users/:id', ok)),
    send: { path: '/api/users/1' },
    expected: ['GET /api/users/:id 200'],
  },
  {
    name: 'route "/" of a Router',
    build: (app, { express }) => app.use('/api', express.Router().get('/', ok)),
    send: [{ path: '/api' }, { path: '/api/' }],
    expected: ['GET /api 200', 'GET /api 200'],
  },
  {
    name: 'Router at a parameterised mount',
    build: (app, { express }) => app.use('/t/:tid', express.Router().get('/x/:id', ok)),
    send: { path: '/t/77/x/1' },
    expected: ['GET /t/:tid/x/:id 200'],
  },
  {
    name: 'nested Routers, three deep',
    build: (app, { express }) => {
      const inner = express.Router().get('/c/:z', ok);
      const middle = express.Router().use('/b/:y', inner);
      app.use('/a/:x', express.Router().use('/m', middle));
    },
    send: { path: '/a/1/m/b/2/c/3' },
    expected: ['GET /a/:x/m/b/:y/c/:z 200'],
  },
  {
    name: 'sub-app at a parameterised mount',
    build: (app, { express }) => app.use('/sub/:k', express().get('/z/:id', ok)),
    send: { path: '/sub/kk/z/1' },
    expected: ['GET /sub/:k/z/:id 200'],
  },
  {
    name: 'sub-app in a sub-app',
    build: (app, { express }) => app.use('/one', express().use('/two/:k', express().get('/z/:id', boom))),
    send: { path: '/one/two/kk/z/1' },
    expected: ['GET /one/two/:k/z/:id 500'],
  },
  {
    name: 'app given to a Router',
    build: (app, { express }) => app.use('/r', express.Router().use('/sub/:k', express().get('/z/:id', ok))),
    send: { path: '/r/sub/kk/z/1' },
    expected: ['GET /r/sub/:k/z/:id 200'],
  },
  {
    name: 'same Router mounted twice',
    build: (app, { express }) => {
      const router = express.Router().get('/x/:id', ok).get('/boom', boom);
      app.use('/one', router).use('/two/:tid', router);
    },
    send: [{ path: '/one/x/1' }, { path: '/two/7/x/1' }, { path: '/one/boom' }, { path: '/two/7/boom' }],
    expected: ['GET /one/x/:id 200', 'GET /two/:tid/x/:id 200', 'GET /one/boom 500', 'GET /two/:tid/boom 500'],
  },
  {
    name: 'Router mounted at an array of paths',
    build: (app, { express }) => app.use(['/one', '/two/:tid'], express.Router().get('/x/:id', ok)),
    send: [{ path: '/one/x/1' }, { path: '/two/7/x/1' }],
    expected: ['GET /one/x/:id 200', 'GET /two/:tid/x/:id 200'],
  },
  {
    name: 'throw, app error handler',
    build: (app, { express }) => app.use('/t/:tid', express.Router().get('/boom/:id', boom)).use(answer503),
    send: { path: '/t/7/boom/1' },
    expected: ['GET /t/:tid/boom/:id 503'],
  },
  {
    name: 'async throw, app error handler',
    build: (app, { express }) => app.use('/t/:tid', express.Router().get('/boom/:id', boomLater)).use(answer503),
    send: { path: '/t/7/boom/1' },
    expected: ['GET /t/:tid/boom/:id 503'],
    only: (line) => line.catchesRejections,
  },
  {
    name: 'error passed to next() later, app error handler',
    build: (app, { express }) => {
      app.use('/t/:tid', express.Router().get('/boom/:id', boomNextTick)).use(answer503);
    },
    send: { path: '/t/7/boom/1' },
    expected: ['GET /t/:tid/boom/:id 503'],
  },
  {
    name: 'throw, default error handler',
    build: (app, { express }) => app.use('/t/:tid', express.Router().get('/boom/:id', boom)),
    send: { path: '/t/7/boom/1' },
    expected: ['GET /t/:tid/boom/:id 500'],
  },
  {
    name: 'async throw, default error handler',
    build: (app) => app.get('/boom/:id', boomLater),
    send: { path: '/boom/1' },
    expected: ['GET /boom/:id 500'],
    only: (line) => line.catchesRejections,
  },
  {
    name: 'throw of a 404, default error handler',
    build: (app) =>
      app.get('/users/:id', (_request: unknown, _response: unknown, next: Next) =>
        next(Object.assign(new Error('no such user'), { status: 404 })),
      ),
    send: { path: '/users/1' },
    expected: ['GET /users/:id 404'],
  },
  {
    name: 'throw, error handler inside the same Router',
    build: (app, { express }) => app.use('/rerr/:x', express.Router().get('/e', boom).use(answer503)),
    send: { path: '/rerr/xx/e' },
    expected: ['GET /rerr/:x/e 503'],
  },
  {
    name: 'throw in a sub-app, error handler of the app',
    build: (app, { express }) => app.use('/sub/:k', express().get('/boom', boom)).use(answer503),
    send: { path: '/sub/kk/boom' },
    expected: ['GET /sub/:k/boom 503'],
  },
  {
    name: 'throw behind middleware of the Router, app error handler',
    build: (app, { express }) => app.use('/t/:tid', express.Router().use(goOn).get('/boom', boom)).use(goOn, answer503),
    send: { path: '/t/7/boom' },
    expected: ['GET /t/:tid/boom 503'],
  },
  {
    name: 'answer, then next()',
    build: (app, { express, everything }) => {
      app.use('/api', express.Router().get('/sn/:id', sendAndGoOn)).get(everything, late).use(late);
    },
    send: { path: '/api/sn/1' },
    expected: ['GET /api/sn/:id 200'],
  },
  {
    name: 'array of paths: the one that matched',
    build: (app, { express }) => app.use('/api', express.Router().get(['/arr/:a', '/arr2/:b'], ok)),
    send: [{ path: '/api/arr/5' }, { path: '/api/arr2/5' }],
    expected: ['GET /api/arr/:a 200', 'GET /api/arr2/:b 200'],
  },
  {
    name: 'RegExp path: its source',
    build: (app, { express }) => app.use('/api', express.Router().get(/^\/re\/(\d+)$/, ok)),
    send: { path: '/api/re/5' },
    expected: [String.raw`GET /api/re/(\d+) 200`],
  },
  {
    name: 'parameter with a callback that fails',
    build: (app, { express }) => {
      const router = express.Router().get('/x/:id', ok);
      router.param('id', (_request: unknown, _response: unknown, next: Next) => next(new Error('bad id')));
      app.use('/p', router);
    },
    send: { path: '/p/x/1' },
    expected: ['GET /p/x/:id 500'],
  },
  {
    name: 'HEAD of a GET route',
    build: (app) => app.get('/users/:id', ok),
    send: { method: 'HEAD', path: '/users/1' },
    expected: ['HEAD /users/:id 200'],
  },
  {
    name: 'method outside the list',
    build: (app) => app.all('/dav/:id', ok),
    send: { method: 'PROPFIND', path: '/dav/1' },
    expected: ['other /dav/:id 200'],
  },
];
