/** Requests on the edges of routing: values that look like paths, failures at every depth, stale routes, aborts. */
import type { ServerResponse } from 'node:http';
import {
  answer,
  answer503,
  boom,
  boomLater,
  boomNextTick,
  goOn,
  hang,
  type Next,
  ok,
  type Row,
  sendAndGoOn,
  trickle,
} from './express-rows.ts';

const leaveRouter = (_request: unknown, _response: unknown, next: Next): void => next('router');
const recover = (_error: unknown, _request: unknown, _response: unknown, next: Next): void => next();
const passOn = (error: unknown, _request: unknown, _response: unknown, next: Next): void => next(error);
const answerLater = (_request: unknown, response: ServerResponse): void => {
  setImmediate(() => response.end('x'));
};

/** A failure in the route three routers down, with middleware on the way. */
const deep = (fail: () => unknown): Row['build'] => {
  return (app, { express }) => {
    const inner = express.Router().use(goOn).get('/c/:z', fail);
    const middle = express().use(goOn).use('/b/:y', inner);
    app.use('/a/:x', goOn, express.Router().use(middle)).use(answer503);
  };
};
const toDeep = { path: '/a/1/b/2/c/3' };

export const edgeRows: readonly Row[] = [
  {
    name: 'values that are words of the template',
    build: (app, { express }) => {
      app.get('/users/:users', ok).use('/t/:tid', express.Router().get('/x/:id', ok).get('/:t/t', ok));
    },
    send: [{ path: '/users/users' }, { path: '/t/t/x/x' }, { path: '/t/tid/x/id' }, { path: '/t/x/t/t' }],
    expected: ['GET /users/:users 200', 'GET /t/:tid/x/:id 200', 'GET /t/:tid/x/:id 200', 'GET /t/:tid/:t/t 200'],
  },
  {
    name: 'values that are encoded, or look like a template, or like a host',
    build: (app, { express }) => app.use('/t/:tid', express.Router().get('/x/:id', ok)),
    send: [{ path: '/t/a%2Fb/x/%E2%82%AC' }, { path: '/t/:tid/x/:id' }, { path: 'http://h/t/7/x/1?t=/y' }],
    expected: ['GET /t/:tid/x/:id 200', 'GET /t/:tid/x/:id 200', 'GET /t/:tid/x/:id 200'],
  },
  {
    name: 'slashes at the end and twice',
    build: (app, { express }) => app.use('/t/:tid/', express.Router().get('/x/', ok).get('/', ok)),
    send: [{ path: '/t/7/x/' }, { path: '/t/7//' }, { path: '//t/7' }],
    expected: ['GET /t/:tid/x 200', 'GET /t/:tid 200', 'GET unmatched 404'],
  },
  { name: 'sync throw three deep', build: deep(boom), send: toDeep, expected: ['GET /a/:x/b/:y/c/:z 503'] },
  {
    name: 'async throw three deep',
    build: deep(boomLater),
    send: toDeep,
    expected: ['GET /a/:x/b/:y/c/:z 503'],
    only: (line) => line.catchesRejections,
  },
  {
    name: 'error passed to next() later, three deep',
    build: deep(boomNextTick as () => unknown),
    send: toDeep,
    expected: ['GET /a/:x/b/:y/c/:z 503'],
  },
  {
    name: 'sync throw of middleware with a path, sync throw of middleware of a sub-app',
    build: (app, { express }) => {
      app.use('/files/:dir', boom).use('/sub/:k', express().use(boom).get('/a', ok)).use(answer503);
    },
    send: [{ path: '/files/d/x' }, { path: '/sub/1/a' }],
    expected: ['GET /files/:dir 503', 'GET /sub/:k 503'],
  },
  {
    name: 'async throw of middleware of the app, of a path, of a Router',
    build: (app, { express }) => {
      app.use('/files/:dir', boomLater).use('/t/:tid', express.Router().use(boomLater).get('/a', ok));
      app.use(boomLater).get('/a', ok).use(answer503);
    },
    send: [{ path: '/files/d/x' }, { path: '/t/1/a' }, { path: '/a' }],
    expected: ['GET /files/:dir 503', 'GET /t/:tid 503', 'GET unmatched 503'],
    only: (line) => line.catchesRejections,
  },
  {
    name: 'error that passes error handlers on its way up, and one that fails itself',
    build: (app, { express }) => {
      const router = express.Router().get('/a', boom).use(passOn);
      app.use('/t/:tid', router).use((_e: unknown, _q: unknown, _s: unknown, _n: Next) => boom());
      app.use(answer503);
    },
    send: { path: '/t/1/a' },
    expected: ['GET /t/:tid/a 503'],
  },
  {
    name: 'error handler that goes on: a later route answers, or none',
    build: (app) => app.get(['/a/:x', '/b/:x'], boom).use(recover).get('/a/:y', ok),
    send: [{ path: '/a/1' }, { path: '/b/1' }],
    expected: ['GET /a/:y 200', 'GET unmatched 404'],
  },
  {
    name: 'stale routes, deep: next(), next("router"), and what comes after',
    build: (app, { express }) => {
      const router = express.Router().get('/a', goOn).get('/b', leaveRouter).get('/b', boom);
      app.use('/t/:tid', router).use('/t/:own', express.Router().get('/b', ok)).use(answer(404));
    },
    send: [{ path: '/t/1/a' }, { path: '/t/1/b' }],
    expected: ['GET unmatched 404', 'GET /t/:own/b 200'],
  },
  {
    name: 'answer in a later tick, after which middleware waits in vain',
    build: (app, { express }) => app.use('/t/:tid', express.Router().get('/a', answerLater)).use(answer(404)),
    send: { path: '/t/1/a' },
    expected: ['GET /t/:tid/a 200'],
  },
  {
    name: 'answer of a nested route, then next(), then a throw',
    build: (app, { express }) => app.use('/t/:tid', express.Router().get('/a', sendAndGoOn)).use(goOn, answer503),
    send: { path: '/t/1/a' },
    expected: ['GET /t/:tid/a 200'],
  },
  {
    name: 'Router and middleware mounted at a RegExp',
    build: (app, { express }) => {
      app.use(/^\/re(\d+)/, express.Router().get('/x/:id', ok)).use(/^\/mw-\w+/, answer(401));
    },
    send: [{ path: '/re7/x/1' }, { path: '/mw-acme/y' }, { path: '/re7x/x/1' }],
    expected: [String.raw`GET /re(\d+)/x/:id 200`, String.raw`GET /mw-\w+ 401`, 'GET unmatched 404'],
    withoutInspector: ['GET /*/x/:id 200', 'GET unmatched 401', 'GET unmatched 404'],
  },
  {
    name: 'array of paths and RegExps, for a route and for a mount',
    build: (app, { express }) => {
      app.get(['/arr/:a', /^\/re\/(\d+)$/], ok).use(['/m/:b', /^\/n(\d+)/], express.Router().get('/x', ok));
    },
    send: [{ path: '/arr/1' }, { path: '/re/1' }, { path: '/m/1/x' }, { path: '/n1/x' }],
    expected: ['GET /arr/:a 200', String.raw`GET /re/(\d+) 200`, 'GET /m/:b/x 200', String.raw`GET /n(\d+)/x 200`],
    withoutInspector: ['GET /arr/:a 200', String.raw`GET /re/(\d+) 200`, 'GET /m/:b/x 200', 'GET /*/x 200'],
  },
  {
    name: 'same Router mounted twice where both match: the one that answered',
    build: (app, { express }) => {
      const router = express.Router().get('/b', leaveRouter).get(['/b', '/:c/b'], ok);
      app.use('/:x', router).use('/', router);
    },
    send: { path: '/a/b' },
    expected: ['GET /:c/b 200'],
  },
  {
    name: 'route() with several methods',
    build: (app, { express }) => {
      const router = express.Router();
      router.route('/x/:id').get(ok).post(answer(201));
      app.use('/t/:tid', router);
    },
    send: [{ path: '/t/1/x/2' }, { method: 'POST', path: '/t/1/x/2' }, { method: 'PUT', path: '/t/1/x/2' }],
    expected: ['GET /t/:tid/x/:id 200', 'POST /t/:tid/x/:id 201', 'PUT unmatched 404'],
  },
  {
    name: 'wildcard 404 handlers of a Router and of a sub-app',
    build: (app, { express, everything }) => {
      app.use('/r/:x', express.Router().get('/a', ok).use(everything, answer(404)));
      app.use('/s/:x', express().get('/a', ok).all(everything, answer(404)));
    },
    send: [{ path: '/r/1/nope/%00' }, { path: '/s/1/nope?a=b' }],
    expected: ['GET unmatched 404', 'GET unmatched 404'],
  },
  {
    name: 'HEAD to a POST-only path of the app, of a Router, of a sub-app',
    build: (app, { express }) => {
      app.post('/p', ok).use('/r', express.Router().post('/p', ok)).use('/s', express().post('/p', ok));
    },
    send: ['/p', '/r/p', '/s/p'].map((path) => ({ method: 'HEAD', path })),
    expected: ['HEAD unmatched 404', 'HEAD unmatched 404', 'HEAD unmatched 404'],
  },
  {
    name: 'automatic OPTIONS of the app, of a sub-app, of one path of an array, behind a guard for everything',
    build: (app, { express, everything }) => {
      app
        .all(everything, goOn)
        .get('/u/:id', ok)
        .use('/s/:k', express().get(['/y/:b', '/z/:b'], ok));
    },
    send: ['/u/1', '/s/1/z/2', '/nope'].map((path) => ({ method: 'OPTIONS', path })),
    expected: ['OPTIONS /u/:id 200', 'OPTIONS /s/:k/z/:b 200', 'OPTIONS unmatched 404'],
  },
  {
    name: 'automatic OPTIONS of a Router that stands behind a GET route for everything',
    build: (app, { express, everything }) =>
      app.get(everything, goOn).use('/t/:tid', express.Router().get('/x/:id', ok)),
    send: { method: 'OPTIONS', path: '/t/7/x/1' },
    expected: ['OPTIONS /t/:tid/x/:id 200'],
  },
  {
    name: 'OPTIONS that a route refuses, naming what it allows',
    build: (app) =>
      app.get('/x/:id', ok).all('/x/:any', (_request: unknown, response: ServerResponse) => {
        response.writeHead(405, { Allow: 'GET' }).end();
      }),
    send: { method: 'OPTIONS', path: '/x/1' },
    expected: ['OPTIONS /x/:any 405'],
  },
  {
    name: 'abort before the headers, in middleware of a Router, of a path, of the app',
    build: (app, { express }) => {
      app.use('/r/:x', express.Router().use(hang).get('/a', ok)).use('/f/:dir', hang).use(hang).get('/a', ok);
    },
    send: ['/r/1/a', '/f/1/a', '/a'].map((path) => ({ path, abort: 'before_headers' as const })),
    expected: ['GET /r/:x 499', 'GET /f/:dir 499', 'GET unmatched 499'],
  },
  {
    name: 'abort mid-stream, in a sub-app and in middleware with a path',
    build: (app, { express }) => app.use('/s/:k', express().get('/a', trickle)).use('/f/:dir', trickle),
    send: ['/s/1/a', '/f/1/a'].map((path) => ({ path, abort: 'mid_stream' as const })),
    expected: ['GET /s/:k/a 200', 'GET /f/:dir 200'],
  },
];
