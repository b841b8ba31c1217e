/** Requests that middleware answers or fails, that nothing answers, or that the client gives up. */
import { type Row, type Next, ok, boom, hang, goOn, answer503, answer, trickle, rewrite } from './express-rows.ts';

export const middlewareRows: readonly Row[] = [
  {
    name: "Router's own middleware answers 401",
    build: (app, { express }) => app.use('/auth/:org', express.Router().use(answer(401)).get('/secret', ok)),
    send: { path: '/auth/acme/secret' },
    expected: ['GET /auth/:org 401'],
  },
  {
    name: 'middleware of a Router without a path answers 401',
    build: (app, { express }) => app.use(express.Router().use(answer(401)).get('/secret', ok)),
    send: { path: '/secret' },
    expected: ['GET unmatched 401'],
  },
  {
    name: "Router's own middleware throws",
    build: (app, { express }) => app.use('/auth/:org', express.Router().use(boom).get('/secret', ok)).use(answer503),
    send: { path: '/auth/acme/secret' },
    expected: ['GET /auth/:org 503'],
  },
  {
    name: 'middleware with a path answers',
    build: (app) => app.use('/files/:dir', ok),
    send: { path: '/files/d1/a.txt' },
    expected: ['GET /files/:dir 200'],
  },
  {
    name: 'Router behind a function of the application',
    build: (app, { express }) => {
      const hidden = express.Router().get('/x/:id', ok).get('/boom', boom);
      app.use('/lazy/:k', (request, response, next) => hidden(request, response, next)).use(answer503);
    },
    send: [{ path: '/lazy/1/x/2' }, { path: '/lazy/1/boom' }],
    expected: ['GET /lazy/:k/x/:id 200', 'GET /lazy/:k/boom 503'],
  },
  {
    name: 'next("route") to another route',
    build: (app) =>
      app.get('/nr/:id', (_request: unknown, _response: unknown, next: Next) => next('route')).get('/nr/:other', ok),
    send: { path: '/nr/1' },
    expected: ['GET /nr/:other 200'],
  },
  {
    name: 'automatic OPTIONS',
    build: (app, { express }) => app.use('/t/:tid', express.Router().get('/x/:id', ok).post('/x/:id', ok)),
    send: { method: 'OPTIONS', path: '/t/7/x/1' },
    expected: ['OPTIONS /t/:tid/x/:id 200'],
  },
  {
    name: 'OPTIONS answered by a route',
    build: (app) => app.get('/x/:id', ok).options('/x/:key', ok),
    send: { method: 'OPTIONS', path: '/x/1' },
    expected: ['OPTIONS /x/:key 200'],
  },
  {
    name: 'OPTIONS answered by middleware of the app',
    build: (app) => app.use(answer(204)).get('/x/:id', ok),
    send: { method: 'OPTIONS', path: '/x/1' },
    expected: ['OPTIONS unmatched 204'],
  },
  { name: 'no match', build: (app) => app.get('/a', ok), send: { path: '/zzz/1' }, expected: ['GET unmatched 404'] },
  { name: 'no routes at all', build: () => undefined, send: { path: '/zzz/1' }, expected: ['GET unmatched 404'] },
  {
    name: 'no match inside a Router',
    build: (app, { express }) => app.use('/api', express.Router().use(goOn).get('/a', ok)),
    send: { path: '/api/nope' },
    expected: ['GET unmatched 404'],
  },
  {
    name: 'custom 404 as last middleware',
    build: (app, { express }) => app.use('/api', express.Router().get('/a', ok)).use(answer(404)),
    send: [{ path: '/zzz/1' }, { path: '/api/nope' }],
    expected: ['GET unmatched 404', 'GET unmatched 404'],
  },
  {
    name: 'custom 404 at use(everything)',
    build: (app, { everything }) => app.get('/a', ok).use(everything, answer(404)),
    send: { path: '/zzz/1' },
    expected: ['GET unmatched 404'],
  },
  {
    name: 'custom 404 at all(everything)',
    build: (app, { everything }) => app.get('/a', ok).all(everything, answer(404)),
    send: { path: '/zzz/1' },
    expected: ['GET unmatched 404'],
  },
  {
    name: 'custom 404 of a Router',
    build: (app, { express }) => app.use('/api/:v', express.Router().get('/a', ok).use(answer(404))),
    send: { path: '/api/1/nope' },
    expected: ['GET unmatched 404'],
  },
  {
    name: 'custom 404 after a route that called next()',
    build: (app) => app.get('/fall/:id', goOn).use(answer(404)),
    send: { path: '/fall/9' },
    expected: ['GET unmatched 404'],
  },
  {
    name: 'HEAD to a path with only POST',
    build: (app, { express }) => app.use('/api', express.Router().post('/postonly', ok)),
    send: { method: 'HEAD', path: '/api/postonly' },
    expected: ['HEAD unmatched 404'],
  },
  {
    name: 'POST to a path with only GET',
    build: (app) => app.get('/users/:id', ok),
    send: { method: 'POST', path: '/users/1' },
    expected: ['POST unmatched 404'],
  },
  {
    name: 'handler calls next() and nothing else matches',
    build: (app) => app.get('/fall/:id', goOn),
    send: { path: '/fall/9' },
    expected: ['GET unmatched 404'],
  },
  {
    name: 'handler calls next("route") and nothing else matches',
    build: (app) => app.get('/fall/:id', (_request: unknown, _response: unknown, next: Next) => next('route')),
    send: { path: '/fall/9' },
    expected: ['GET unmatched 404'],
  },
  {
    name: 'route for everything passes on, another answers',
    build: (app, { everything }) => app.all(everything, goOn).get('/users/:id', ok),
    send: { path: '/users/1' },
    expected: ['GET /users/:id 200'],
  },
  {
    name: 'middleware of the app answers before routing',
    build: (app) => app.use(answer(403)).get('/users/:id', ok),
    send: { path: '/users/1' },
    expected: ['GET unmatched 403'],
  },
  {
    name: 'middleware of the app throws before routing',
    build: (app) => app.use(boom).get('/users/:id', ok),
    send: { path: '/users/1' },
    expected: ['GET unmatched 500'],
  },
  {
    name: 'URL that cannot be decoded',
    build: (app) => app.get('/users/:id', ok),
    send: { path: '/users/%zz' },
    expected: ['GET unmatched 400'],
  },
  {
    name: 'abort before the headers',
    build: (app, { express }) => app.use('/t/:tid', express.Router().get('/slow/:id', hang)),
    send: { path: '/t/7/slow/1', abort: 'before_headers' },
    expected: ['GET /t/:tid/slow/:id 499'],
  },
  {
    name: 'abort mid-stream',
    build: (app, { express }) => {
      app.use('/t/:tid', express.Router().get('/slow/:id', trickle));
    },
    send: { path: '/t/7/slow/1', abort: 'mid_stream' },
    expected: ['GET /t/:tid/slow/:id 200'],
  },
  {
    name: 'mount in capitals, asked for in small letters',
    build: (app, { express }) => app.use('/userAccounts', express.Router().get('/Mine', ok)),
    send: [{ path: '/userAccounts/Mine' }, { path: '/useraccounts/mine' }],
    expected: ['GET /userAccounts/Mine 200', 'GET /userAccounts/Mine 200'],
  },
  {
    name: 'URL rewritten by middleware',
    build: (app, { express }) => {
      app.use(rewrite).use('/v2', express.Router().get(['/y/:id', '/x/:id'], ok));
    },
    send: { path: '/old' },
    expected: ['GET /v2/x/:id 200'],
  },
];
