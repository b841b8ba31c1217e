/** Requests that a route of Fastify answers, or fails: the label is its full template. */
import type { FastifyRequest } from 'fastify';
import { answer, boom, boomLater, failHook, failPayloadHook, type FastifyRow, ok, refuse } from './fastify-rows.ts';

const body = JSON.stringify({ name: 7 });
const json = { 'content-type': 'application/json' };
const needsId = { type: 'object', required: ['id'] };

export const fastifyRouteRows: readonly FastifyRow[] = [
  {
    name: 'root route and a parameter, with a query',
    build: (app) => app.get('/', ok).get('/users/:id', ok),
    send: [{ path: '/?a=b' }, { path: '/users/1?page=/2' }],
    expected: ['GET / 200', 'GET /users/:id 200'],
  },
  {
    name: 'prefixes three deep, one with a parameter',
    build: (app) =>
      app.register(
        async (a) => {
          a.register(
            async (b) => {
              b.register(async (c) => void c.get('/c/:z', ok), { prefix: '/b/:y' });
            },
            { prefix: '/m' },
          );
        },
        { prefix: '/a/:x' },
      ),
    send: { path: '/a/1/m/b/2/c/3' },
    expected: ['GET /a/:x/m/b/:y/c/:z 200'],
  },
  {
    name: 'route "/" and route "" of a prefix, with and without a slash at the end',
    build: (app) =>
      app
        .register(async (a) => void a.get('/', ok), { prefix: '/slash' })
        .register(async (a) => void a.get('', ok), { prefix: '/none' }),
    send: [{ path: '/slash' }, { path: '/slash/' }, { path: '/none' }, { path: '/none/' }],
    expected: ['GET /slash 200', 'GET /slash 200', 'GET /none 200', 'GET unmatched 404'],
  },
  {
    name: 'parameter with a RegExp, two in one segment, one that is optional',
    build: (app) =>
      app
        .get(String.raw`/n/:id(^\d+$)`, ok)
        .get('/range/:from-:to', ok)
        .get('/o/:x?', ok),
    send: [{ path: '/n/7' }, { path: '/n/x' }, { path: '/range/1-2' }, { path: '/o/1' }, { path: '/o' }],
    expected: [
      String.raw`GET /n/:id(^\d+$) 200`,
      'GET unmatched 404',
      'GET /range/:from-:to 200',
      'GET /o/:x? 200',
      'GET /o/:x? 200',
    ],
  },
  {
    name: 'values that are words of the template, encoded, or look like a template or a host',
    build: (app) => app.get('/t/:tid/x/:id', ok),
    send: [
      { path: '/t/tid/x/id' },
      { path: '/t/a%2Fb/x/%E2%82%AC' },
      { path: '/t/:tid/x/:id' },
      { path: 'http://h/t/7/x/1' },
    ],
    expected: Array.from({ length: 4 }, () => 'GET /t/:tid/x/:id 200'),
  },
  {
    name: 'wildcards: for everything, below a path, below a prefix',
    build: (app) =>
      app
        .get('/*', ok)
        .get('/files/*', ok)
        .register(async (a) => void a.get('*', ok), { prefix: '/p' }),
    send: [{ path: '/a/b' }, { path: '/files/a' }, { path: '/p/a' }],
    expected: ['GET /* 200', 'GET /files/* 200', 'GET /p* 200'],
  },
  {
    name: 'HEAD of a GET route, by itself and as a route of its own',
    build: (app) => app.get('/a', ok).head('/b', answer(204)),
    send: [
      { method: 'HEAD', path: '/a' },
      { method: 'HEAD', path: '/b' },
    ],
    expected: ['HEAD /a 200', 'HEAD /b 204'],
  },
  {
    name: 'HEAD of a GET route where Fastify exposes none',
    options: { exposeHeadRoutes: false },
    build: (app) => app.get('/a', ok),
    send: { method: 'HEAD', path: '/a' },
    expected: ['HEAD unmatched 404'],
  },
  {
    name: 'several methods, and every method',
    build: (app) => app.route({ method: ['GET', 'PUT'], url: '/x/:id', handler: ok }).all('/all', ok),
    send: [
      { path: '/x/1' },
      { method: 'PUT', path: '/x/1' },
      { method: 'POST', path: '/x/1' },
      { method: 'OPTIONS', path: '/all' },
    ],
    expected: ['GET /x/:id 200', 'PUT /x/:id 200', 'POST unmatched 404', 'OPTIONS /all 200'],
  },
  {
    name: 'constraints of version and host, met and not met',
    build: (app) => {
      app.route({ method: 'GET', url: '/v/:id', constraints: { version: '1.2.0' }, handler: ok });
      app.route({ method: 'GET', url: '/h/:id', constraints: { host: 'a.test' }, handler: ok });
    },
    send: [
      { path: '/v/1', headers: { 'accept-version': '1.x' } },
      { path: '/v/1', headers: { 'accept-version': '2.x' } },
      { path: '/h/1', headers: { host: 'a.test' } },
      { path: '/h/1', headers: { host: 'b.test' } },
    ],
    expected: ['GET /v/:id 200', 'GET unmatched 404', 'GET /h/:id 200', 'GET unmatched 404'],
  },
  {
    name: 'URLs that Fastify forgives: slash at the end, case, two slashes',
    options: { routerOptions: { ignoreTrailingSlash: true, caseSensitive: false, ignoreDuplicateSlashes: true } },
    build: (app) => app.get('/Users/:id', ok),
    send: [{ path: '/users/1/' }, { path: '/USERS//1' }],
    expected: ['GET /Users/:id 200', 'GET /Users/:id 200'],
  },
  {
    name: 'URL that the app rewrites',
    options: { rewriteUrl: ({ url }) => (url === '/old' ? '/new/1' : (url ?? '/')) },
    build: (app) => app.get('/new/:id', ok),
    send: { path: '/old' },
    expected: ['GET /new/:id 200'],
  },
  {
    name: 'hooks that answer: of the app, of a prefix, of a route',
    build: (app) => {
      app.get('/own/:id', { preHandler: refuse(403) }, ok);
      app.register(
        async (a) => {
          a.addHook('onRequest', refuse(401)).get('/x/:id', ok);
        },
        { prefix: '/t/:tid' },
      );
      app.register(async (a) => {
        a.addHook('preValidation', refuse(429)).get('/limited', ok);
      });
    },
    send: [{ path: '/own/1' }, { path: '/t/1/x/2' }, { path: '/limited' }],
    expected: ['GET /own/:id 403', 'GET /t/:tid/x/:id 401', 'GET /limited 429'],
  },
  {
    name: 'hook of the app that refuses everything: routes by their template',
    build: (app) => app.addHook('onRequest', refuse(401)).get('/x/:id', ok),
    send: [{ path: '/x/1' }, { path: '/nope' }],
    expected: ['GET /x/:id 401', 'GET unmatched 401'],
  },
  {
    name: 'hooks that fail, in every phase',
    build: (app) => {
      app.get('/request/:x', { onRequest: failHook }, ok);
      app.get('/parsing/:x', { preParsing: failPayloadHook }, ok);
      app.get('/handler/:x', { preHandler: boomLater }, ok);
      app.get('/serialization/:x', { preSerialization: failPayloadHook }, async () => ({}));
      app.get('/send/:x', { onSend: failPayloadHook }, ok);
    },
    send: ['request', 'parsing', 'handler', 'serialization', 'send'].map((phase) => ({ path: `/${phase}/1` })),
    expected: ['request', 'parsing', 'handler', 'serialization', 'send'].map((phase) => `GET /${phase}/:x 500`),
  },
  {
    name: 'throws, sync and async, with the default error handler',
    build: (app) => app.get('/sync/:id', boom).get('/async/:id', boomLater),
    send: [{ path: '/sync/1' }, { path: '/async/1' }],
    expected: ['GET /sync/:id 500', 'GET /async/:id 500'],
  },
  {
    name: 'throws with error handlers: of the app, of a route, one that fails itself',
    build: (app) => {
      app.setErrorHandler((_error, request, reply) => {
        if (request.url === '/fails/1') throw new Error('again');
        void reply.code(503).send();
      });
      app.get('/a/:id', boom).get('/fails/:id', boom);
      app.get('/b/:id', { errorHandler: (_error, _request, reply) => void reply.code(502).send() }, boomLater);
    },
    send: [{ path: '/a/1' }, { path: '/b/1' }, { path: '/fails/1' }],
    expected: ['GET /a/:id 503', 'GET /b/:id 502', 'GET /fails/:id 500'],
  },
  {
    name: 'bodies that are refused: by schema, too large, not JSON, of unknown type',
    build: (app) => {
      app.post('/schema/:x', { schema: { body: needsId } }, ok);
      app.post('/large/:x', { bodyLimit: 3 }, ok).post('/a/:x', ok);
    },
    send: [
      { method: 'POST', path: '/schema/1', body, headers: json },
      { method: 'POST', path: '/large/1', body, headers: json },
      { method: 'POST', path: '/a/1', body: '{', headers: json },
      { method: 'POST', path: '/a/1', body, headers: { 'content-type': 'x/y' } },
    ],
    expected: ['POST /schema/:x 400', 'POST /large/:x 413', 'POST /a/:x 400', 'POST /a/:x 415'],
  },
  {
    name: 'answer that cannot be serialised',
    build: (app) =>
      app.get(
        '/a/:x',
        {
          schema: {
            response: { 200: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } } },
          },
        },
        async () => ({}),
      ),
    send: { path: '/a/1' },
    expected: ['GET /a/:x 500'],
  },
  {
    name: 'redirect and 304',
    build: (app) => {
      app.get('/old/:id', (_request, reply) => void reply.redirect('/new')).get('/same/:id', answer(304));
    },
    send: [{ path: '/old/1' }, { path: '/same/1' }],
    expected: ['GET /old/:id 302', 'GET /same/:id 304'],
  },
  {
    name: 'handler that takes too long',
    build: (app) => app.get('/slow/:id', { handlerTimeout: 5 }, async () => await new Promise(() => undefined)),
    send: { path: '/slow/1' },
    expected: ['GET /slow/:id 503'],
    only: ({ is5 }) => is5,
  },
  {
    name: 'preflight, answered by a hook on a route for all of OPTIONS',
    build: (app) => {
      app.addHook('onRequest', async (request: FastifyRequest, reply) =>
        request.method === 'OPTIONS' ? reply.code(204).send() : undefined,
      );
      app.options('*', ok).get('/a/:id', ok);
    },
    send: [{ method: 'OPTIONS', path: '/a/1' }, { path: '/a/1' }],
    expected: ['OPTIONS /* 204', 'GET /a/:id 200'],
  },
];
