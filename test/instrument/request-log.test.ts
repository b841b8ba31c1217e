import { AlwaysOffSampler } from '@opentelemetry/sdk-trace-base';
import { once } from 'node:events';
import { connect, constants, createServer as createHttp2Server } from 'node:http2';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { pino } from 'pino';
import { pinoHttp } from 'pino-http';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { traceMixin } from '../../src/correlation/trace-mixin.ts';
import { requestLogOptions, type RequestLogOptions } from '../../src/instrument/logs/request-log.ts';
import { startServer } from '../support/express-server.ts';
import {
  ClientError,
  hostile,
  type Line,
  type Logged,
  type LoggedAppOptions,
  secret,
  startLoggedApp,
} from '../support/logged-app.ts';
import { failure, info } from '../support/request-log-rows.ts';
import { startTracing, type Tracing } from '../support/traced-server.ts';

const oldest = createRequire(import.meta.url)('pino-http8') as typeof pinoHttp;

let tracing: Tracing;
beforeEach(() => {
  tracing = startTracing();
});
afterEach(() => tracing.stop());

const startApp = (options?: LoggedAppOptions): Promise<Logged> => startLoggedApp(tracing, options);

describe('requestLogOptions()', () => {
  it('makes the oldest pino-http that it is for write the same', async () => {
    const { send, lines, written } = await startApp({ pinoHttp: oldest });
    await send(hostile(`/api/1/throws/${secret}`));
    const [{ time: _time, duration_ms: _duration, ...line } = {}] = await lines(1);
    const outcome = { method: 'GET', route: '/api/:version/throws/:id', status: 500, error_type: 'ClientError' };
    expect(line).toEqual({ ...failure, request_id: 1, ...outcome, ...tracing.spans[0] });
    expect(written.join('')).not.toContain(secret);
  });

  it('puts the ids of the request on the lines of request.log, and of what is logged only what is no secret', async () => {
    const { send, lines, written } = await startApp({
      more: (app) =>
        app.get('/logs', async (request, response) => {
          await new Promise((resolve) => setTimeout(resolve, 1));
          const error = Object.freeze(new ClientError('no answer'));
          request.log.warn({ req: request, res: response, err: error, orders: 3 }, 'looked');
          response.end();
        }),
    });
    await send(hostile('/logs'));
    const [{ time: _time, err, ...line } = {}] = await lines(2);
    expect(line).toEqual({ level: 40, msg: 'looked', request_id: 1, orders: 3, ...tracing.spans[0] });
    const { stack, ...rest } = err as Line;
    expect(rest).toEqual({ type: 'ClientError', message: 'no answer' });
    expect(stack).toMatch(/^Error: no answer\n +at /);
    expect(written.join('')).not.toContain(secret);
  });

  it('writes no field twice beside a logger of your own with the mixin', async () => {
    const written: string[] = [];
    const logger = pino({ base: null, mixin: traceMixin() }, { write: (line) => void written.push(line) });
    const app = express();
    app.use(pinoHttp({ logger, ...requestLogOptions() }));
    app.get('/', (_request, response) => void response.end());
    const server = await startServer(tracing.traced(app));
    onTestFinished(server.close);
    await server.send({ path: '/' });
    await vi.waitUntil(() => written.length === 1);
    const names = [...(written[0] ?? '').matchAll(/"(\w+)":/g)].map(([, name]) => name);
    expect(names.join(' ')).toBe(
      'level time request_id trace_id span_id trace_flags method route status duration_ms msg',
    );
    expect(JSON.parse(written[0] ?? '')).toMatchObject({ route: '/', status: 200, ...tracing.spans[0] });
  });

  it('tells a trace that is not kept', async () => {
    tracing.stop();
    tracing = startTracing(new AlwaysOffSampler());
    const { send, lines } = await startApp();
    await send({ path: '/api/1/users/7' });
    const [line] = await lines(1);
    expect(line).toMatchObject({ ...tracing.spans[0], trace_flags: '00' });
  });

  it('writes no ids where nobody traces', async () => {
    tracing.stop();
    const { send, lines } = await startApp();
    await send({ path: '/api/1/users/7' });
    const [{ time: _time, duration_ms: _duration, ...line } = {}] = await lines(1);
    expect(line).toEqual({ ...info, request_id: 1, method: 'GET', route: '/api/:version/users/:id', status: 200 });
  });

  it('leaves out probes and scrapes that succeed, and no other', async () => {
    const { send, lines } = await startApp({
      more: (app) => {
        app.use(['/health', '/metrics', '/healthy'], (_request, response) => void response.end());
        app.use('/ready', (_request, response) => void response.status(503).end());
      },
    });
    for (const path of ['/health', '/metrics?name=x', '/ready', '/healthy']) await send({ path });
    expect((await lines(2)).map(({ route, status }) => [route, status])).toEqual([
      ['/ready', 503],
      ['/healthy', 200],
    ]);
  });

  it('leaves out what it is told to', async () => {
    const { send, lines } = await startApp({ quietPaths: ['/api/1/users/7'] });
    for (const path of ['/api/1/users/7?x', '/api/1/users/8']) await send({ path });
    expect(await lines(1)).toHaveLength(1);
  });

  it.each<[string, RequestLogOptions['fields'], Line]>([
    ['adds fields', () => ({ user_id: 7, plan: { name: 'pro' } }), { user_id: 7, plan: { name: 'pro' } }],
    ['keeps its own fields', () => ({ status: 0, route: secret, user_id: 7 }), { user_id: 7 }],
    [
      'says that fields() throws',
      () => {
        throw new RangeError(secret);
      },
      { fields_error: 'RangeError' },
    ],
    [
      'says that fields() gives a promise',
      () => Promise.reject(new Error(secret)) as never,
      { fields_error: 'Promise' },
    ],
  ])('%s', async (_, fields, expected) => {
    const { send, lines, written } = await startApp({ ...(fields && { fields }) });
    await send({ path: '/api/1/users/7' });
    const [{ time: _time, duration_ms: _duration, ...line } = {}] = await lines(1);
    const own = { ...info, request_id: 1, method: 'GET', route: '/api/:version/users/:id', status: 200 };
    expect(line).toEqual({ ...own, ...expected, ...tracing.spans[0] });
    expect(written.join('')).not.toContain(secret);
  });

  it.each([
    [() => '/mine', '/mine'],
    [() => undefined as never, 'unmatched'],
    [
      () => {
        throw new Error('x');
      },
      'unmatched',
    ],
  ])('names the route as it is told to, case %#', async (routeOf, route) => {
    const { send, lines } = await startApp({ routeOf });
    await send({ path: '/api/1/users/7' });
    expect(await lines(1)).toMatchObject([{ route, status: 200 }]);
  });

  it('has the type of an error that was left on the response, where errorMetrics() has seen none', async () => {
    const { send, lines } = await startApp({
      more: (app) =>
        app.get('/left', (_request, response) => {
          response.err = new RangeError('x');
          response.status(500).end();
        }),
    });
    await send({ path: '/left' });
    expect(await lines(1)).toMatchObject([{ ...failure, route: '/left', error_type: 'RangeError' }]);
  });

  it('knows the outcome of requests over HTTP/2', async () => {
    const written: string[] = [];
    const log = pinoHttp(
      { base: null, ...requestLogOptions({ routeOf: ({ url }) => url ?? '' }) },
      {
        write: (line: string) => void written.push(line),
      },
    );
    const server = createHttp2Server((request, response) => {
      log(request as never, response as never);
      if (request.url === '/waits') return;
      response.write('sent');
      response.statusCode = 500;
      if (request.url === '/answers') response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, resolve));
    const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const ask = async (path: string, method: string, cancels: boolean): Promise<void> => {
      const stream = session.request({ ':path': path, ':method': method });
      if (cancels) setTimeout(() => stream.close(constants.NGHTTP2_CANCEL), 20);
      stream.resume().end();
      await once(stream, 'close');
    };
    await ask('/answers', secret, false);
    await ask('/waits', 'GET', true);
    await ask('/streams', 'GET', true);
    await vi.waitUntil(() => written.length === 3);
    session.close();
    server.close();
    const outcomes = written.map((line) => JSON.parse(line) as Line);
    expect(outcomes.map(({ method, route, status, aborted }) => [method, route, status, aborted])).toEqual([
      ['other', '/answers', 200, undefined],
      ['GET', '/waits', 499, 'before_headers'],
      ['GET', '/streams', 200, 'mid_stream'],
    ]);
  });

  it('refuses wrong options, all at once', () => {
    expect(() => requestLogOptions({ quietPaths: ['health'], fields: {}, redact: [] } as never)).toThrow(
      'Cannot use requestLogOptions(): option "quietPaths" must be a list of paths that start with "/", got an object; ' +
        'option "fields" must be a function, got an object; option "redact" does not exist',
    );
  });
});
