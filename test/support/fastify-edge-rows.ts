/** Requests that no route of Fastify answers, and those that end in another way than by an answer. */
import { PassThrough, Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answer, type FastifyRow, hang, ok, refuse, trickle } from './fastify-rows.ts';

/** What Fastify's router refuses before any hook. */
const badUrls = [{ path: '/%zz' }, { path: '/a/%E0%A4%A' }];

export const fastifyEdgeRows: readonly FastifyRow[] = [
  {
    name: 'no match, with the default 404 handler',
    build: (app) => app.get('/a', ok).register(async (a) => void a.get('/b', ok), { prefix: '/p' }),
    send: [
      { path: '/nope?x=/a' },
      { path: '/p/nope' },
      { method: 'POST', path: '/a' },
      { method: 'OPTIONS', path: '/a' },
    ],
    expected: ['GET unmatched 404', 'GET unmatched 404', 'POST unmatched 404', 'OPTIONS unmatched 404'],
  },
  {
    name: 'no match, with 404 handlers of the app and of a prefix, whatever they answer',
    build: (app) => {
      app.setNotFoundHandler(answer(404)).register(
        async (a) => {
          a.setNotFoundHandler({ preHandler: refuse(403) }, answer(200));
        },
        { prefix: '/p' },
      );
    },
    send: [{ path: '/nope' }, { path: '/p/nope' }],
    expected: ['GET unmatched 404', 'GET unmatched 403'],
  },
  {
    name: 'route that hands over to the 404 handler',
    build: (app) => app.get('/a/:id', (_request, reply) => reply.callNotFound()),
    send: { path: '/a/1' },
    expected: ['GET unmatched 404'],
  },
  {
    name: 'routes that answer 404 themselves: their template, but for those for everything',
    build: (app) =>
      app
        .get('/a/:id', answer(404))
        .get('/files/*', answer(404))
        .get('/*', answer(404))
        .register(async (a) => void a.get('/*', answer(404)), { prefix: '/p/:x' })
        .options('*', answer(404)),
    send: [
      { path: '/a/1' },
      { path: '/files/x' },
      { path: '/nope' },
      { path: '/p/1/nope' },
      { method: 'OPTIONS', path: '/a/1' },
    ],
    expected: ['GET /a/:id 404', 'GET /files/* 404', 'GET unmatched 404', 'GET unmatched 404', 'OPTIONS unmatched 404'],
  },
  {
    name: 'URLs that cannot be decoded',
    build: (app) => app.get('/a/:id', ok),
    send: badUrls,
    expected: ['GET unmatched 400', 'GET unmatched 400'],
  },
  {
    name: 'URLs that cannot be decoded, answered by the app',
    options: { frameworkErrors: (_error, request, reply) => answer(418)(request, reply) },
    build: (app) => app.get('/a/:id', ok),
    send: badUrls,
    expected: ['GET unmatched 418', 'GET unmatched 418'],
  },
  {
    name: 'parameter beyond the longest that is taken',
    options: { routerOptions: { maxParamLength: 3 } },
    build: (app) => app.get('/a/:id', ok),
    send: { path: '/a/1234' },
    expected: ['GET unmatched 414'],
    only: ({ is5 }) => is5,
  },
  {
    name: 'constraint that fails',
    options: {
      routerOptions: {
        constraints: {
          secret: {
            name: 'secret',
            validate: () => undefined,
            storage: () => ({ get: () => null, set: () => undefined }),
            deriveConstraint: (_request: unknown, _context: unknown, done: (error: Error) => void) =>
              done(new Error('boom')),
          } as never,
        },
      },
    },
    build: (app) => app.route({ method: 'GET', url: '/a', constraints: { secret: 'x' }, handler: ok }),
    send: { path: '/a' },
    expected: ['GET unmatched 500'],
  },
  {
    name: 'methods that Fastify has no routes for',
    build: (app) => app.all('/a', ok),
    send: [
      { method: 'M-SEARCH', path: '/a' },
      { method: 'REPORT', path: '/%zz' },
    ],
    expected: ['other unmatched 404', 'other unmatched 400'],
  },
  {
    name: 'client that goes away: before the headers, in the body, while a hook waits, on no route',
    build: (app) => {
      app.get('/hang/:id', hang).get('/trickle/:id', trickle).get('/hook/:id', { preHandler: hang }, ok);
      app.setNotFoundHandler(hang);
    },
    send: [
      { path: '/hang/1', abort: 'before_headers' },
      { path: '/trickle/1', abort: 'mid_stream' },
      { path: '/hook/1', abort: 'before_headers' },
      { path: '/nope', abort: 'before_headers' },
    ],
    expected: ['GET /hang/:id 499', 'GET /trickle/:id 200', 'GET /hook/:id 499', 'GET unmatched 499'],
  },
  {
    name: 'answers past Fastify: hijacked, and written to the raw response',
    build: (app) => {
      app.get('/hijack/:id', (_request, reply) => {
        reply.hijack();
        reply.raw.writeHead(202).end('x');
      });
      app.get('/raw/:id', (_request, reply) => void reply.raw.end('x'));
    },
    send: [{ path: '/hijack/1' }, { path: '/raw/1' }],
    expected: ['GET /hijack/:id 202', 'GET /raw/:id 200'],
  },
  {
    name: 'hijacked by a hook',
    build: (app) => {
      app.addHook('onRequest', (_request: FastifyRequest, reply: FastifyReply) => {
        reply.hijack();
        reply.raw.writeHead(203).end('x');
      });
      app.get('/a/:id', ok);
    },
    send: [{ path: '/a/1' }, { path: '/nope' }],
    expected: ['GET /a/:id 203', 'GET unmatched 203'],
  },
  {
    name: 'streams: to the end, failing before the headers, failing later',
    build: (app) => {
      app.get('/whole/:id', (_request, reply) => void reply.send(Readable.from(['a', 'b'])));
      app.get('/fails/:id', (_request, reply) => {
        const stream = new Readable({ read: () => void stream.destroy(new Error('boom')) });
        void reply.send(stream);
      });
      app.get('/breaks/:id', (_request, reply) => {
        const stream = new PassThrough();
        stream.write('a');
        setTimeout(() => stream.destroy(new Error('boom')), 20);
        void reply.send(stream);
      });
    },
    send: [{ path: '/whole/1' }, { path: '/fails/1' }, { path: '/breaks/1', abort: 'mid_stream' }],
    expected: ['GET /whole/:id 200', 'GET /fails/:id 500', 'GET /breaks/:id 200'],
  },
  {
    name: 'requests that wait longer than a connection may be idle',
    options: { connectionTimeout: 30 },
    build: (app) => app.get('/hang/:id', hang),
    send: { path: '/hang/1', abort: 'before_headers' },
    expected: ['GET /hang/:id 499'],
  },
];
