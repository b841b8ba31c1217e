import { ServerResponse } from 'node:http';
import { Registry } from 'prom-client';
import { describe, expect, test } from 'vitest';
import { httpMetrics } from '../../src/instrument/http/http-metrics.ts';
import { scrape } from '../support/exposition.ts';
import { recordedRequests, requestsSettle } from '../support/express-exposition.ts';
import { expressLines } from '../support/express-lines.ts';
import { ok } from '../support/express-rows.ts';
import { startServer } from '../support/express-server.ts';

/** Answers, then goes on to a handler that changes the status: only a look at the headers tells. */
const answerAndGoOn = (_request: unknown, response: ServerResponse, next: () => void): void => {
  response.writeHead(201).end();
  response.statusCode = 500;
  next();
};

describe.each(expressLines)('httpMetrics() with $name', (line) => {
  const recorded = async (app: ReturnType<typeof line.express>, registry: Registry): Promise<readonly string[]> => {
    const server = await startServer(app);
    await server.send({ path: '/a' });
    await server.send({ path: '/a' });
    await requestsSettle(registry);
    await server.close();
    return recordedRequests(registry);
  };
  const both = ['GET /a 201', 'GET /a 201'];

  test('takes its method off the responses of Express with the last recorder', async () => {
    const { response } = line.express;
    const one = httpMetrics({ registry: new Registry() });
    const registry = new Registry();
    const two = httpMetrics({ registry });
    const app = line.express().use(one, two).get('/a', ok);
    expect(await recorded(app, registry)).toEqual(['GET /a 200', 'GET /a 200']);
    expect(Object.hasOwn(response, 'writeHead')).toBe(true);
    one.dispose();
    expect(Object.hasOwn(response, 'writeHead')).toBe(true);
    two.dispose();
    expect(Object.hasOwn(response, 'writeHead')).toBe(false);
  });

  test('sees the headers behind a method that another middleware has put on the response before', async () => {
    const registry = new Registry();
    const metrics = httpMetrics({ registry });
    const app = line.express();
    app.use((_request, response, next) => {
      const writeHead = response.writeHead.bind(response);
      response.writeHead = ((status: number) => writeHead(status)) as never;
      next();
    });
    app.use(metrics).get('/a', answerAndGoOn);
    expect(await recorded(app, registry)).toEqual(both);
    metrics.dispose();
  });

  test('sees them once for each recorder, behind methods that come by its own too', async () => {
    const [registry, other] = [new Registry(), new Registry()];
    const recorders = [registry, other].map((each) => httpMetrics({ registry: each, timeToHeaders: 'all' }));
    const app = line.express();
    // The first comes before the method is on the prototype.
    app.use((_request, response, next) => {
      const writeHead = response.writeHead.bind(response);
      response.writeHead = ((...given: [number]) => writeHead(...given)) as never;
      next();
    });
    app.use(...recorders).get('/a', answerAndGoOn);
    expect(await recorded(app, registry)).toEqual(both);
    expect(await recordedRequests(other)).toEqual(both);
    for (const each of [registry, other]) {
      expect((await scrape(each)).series('http_time_to_headers_seconds_count')).toEqual({ 'GET /a': 2 });
    }
    for (const recorder of recorders) recorder.dispose();
  });

  test('sees the headers behind methods that go past its own', async () => {
    const registry = new Registry();
    const metrics = httpMetrics({ registry });
    const app = line.express();
    app.use((_request, response, next) => {
      response.writeHead = ((...given: [number]) => ServerResponse.prototype.writeHead.apply(response, given)) as never;
      next();
    });
    app.use(metrics).get('/a', answerAndGoOn);
    expect(await recorded(app, registry)).toEqual(both);
    metrics.dispose();
  });

  test('sees the headers of an app that a handler calls, as vhost does', async () => {
    const registry = new Registry();
    const metrics = httpMetrics({ registry });
    const inner = line.express().get('/a', answerAndGoOn);
    const app = line.express().use(metrics);
    app.use((request, response, next) => void inner(request, response, next));
    expect((await recorded(app, registry)).map((request) => request.split(' ').at(-1))).toEqual(['201', '201']);
    metrics.dispose();
  });

  test('works with responses whose prototype is frozen', async () => {
    const registry = new Registry();
    const metrics = httpMetrics({ registry });
    const app = line.express();
    const frozen = Object.freeze(Object.create(ServerResponse.prototype) as ServerResponse);
    app.use((_request, response, next) => {
      Object.setPrototypeOf(response, frozen);
      next();
    });
    app.use(metrics).get('/a', answerAndGoOn);
    expect(await recorded(app, registry)).toEqual(both);
    metrics.dispose();
  });
});
