import { once } from 'node:events';
import { type Agent, IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Registry } from 'prom-client';
import { describe, expect, test } from 'vitest';
import { httpMetrics, type HttpMetricsMiddleware } from '../../src/instrument/http/http-metrics.ts';
import { metricsEndpoint } from '../../src/instrument/exposition/metrics-endpoint.ts';
import { routeOf } from '../../src/routes/route-of.ts';
import { scrape } from '../support/exposition.ts';
import { recordedRequests, requestsSettle } from '../support/express-exposition.ts';
import { expressLines } from '../support/express-lines.ts';
import { goOn, ok } from '../support/express-rows.ts';
import { oneConnection, sendOn } from '../support/kept-connection.ts';
import { startServer } from '../support/express-server.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const nothing = (): void => {
  // Until there is something to answer.
};

const answerAndGoOn = (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
  ok(request, response);
  next();
};

describe.each(expressLines)('the end of requests, with $name', (line) => {
  test.each(['/a', '/metrics'])(
    'lets go of a request to %s once another is over, though its connection stays open',
    async (path) => {
      const registry = new Registry();
      const seen: WeakRef<IncomingMessage>[] = [];
      const metrics = httpMetrics({ registry, timeToHeaders: 'all' });
      const app = line.express().use(metrics);
      app.use((request, _response, next) => {
        seen.push(new WeakRef(request));
        next();
      });
      app.get('/a', ok).get('/metrics', metricsEndpoint({ registry }));
      const server = await startServer(app);
      const [agent, other] = [1, 2].map(() => oneConnection()) as [Agent, Agent];
      await sendOn(agent, server.port, path);
      await sendOn(other, server.port, path);
      await requestsSettle(registry);
      await new Promise((resolve) => setImmediate(resolve));
      collectGarbage();
      expect(seen.map((request) => request.deref() === undefined)).toEqual([true, false]);
      other.destroy();
      await expect
        .poll(() => {
          collectGarbage();
          return seen.map((request) => request.deref() === undefined);
        })
        .toEqual([true, true]);
      const { series } = await scrape(registry);
      expect(series('http_time_to_headers_seconds_count')).toEqual(path === '/a' ? { 'GET /a': 2 } : {});
      agent.destroy();
      await server.close();
      metrics.dispose();
    },
  );

  test('a request has its route for whoever asks in the last events of the response', async () => {
    const registry = new Registry();
    const seen: string[] = [];
    const metrics = httpMetrics({ registry });
    const app = line.express().use(metrics);
    app.use((request, response, next) => {
      for (const event of ['finish', 'close']) response.on(event, () => seen.push(`${event} ${routeOf(request)}`));
      next();
    });
    app.use('/t/:id', line.express.Router().use(goOn).get('/leaf', answerAndGoOn).use(goOn));
    app.use((_request, response) => response.headersSent || response.writeHead(404).end());
    const server = await startServer(app);
    await server.send({ path: '/t/1/leaf' });
    await server.send({ path: '/t/1/other' });
    await expect
      .poll(() => seen)
      .toEqual(['finish /t/:id/leaf', 'close /t/:id/leaf', 'finish unmatched', 'close unmatched']);
    await server.close();
    metrics.dispose();
  });

  test('once it is disposed of, nothing of it is left on a connection, and the next counts from there', async () => {
    const [first, second] = [new Registry(), new Registry()];
    let metrics: HttpMetricsMiddleware = httpMetrics({ registry: first });
    let answerLater = nothing;
    const sockets = new Set<Socket>();
    const app = line.express();
    app.use((request, response, next) => {
      sockets.add(request.socket);
      metrics(request, response, next);
    });
    app.get('/a', ok).get('/slow', (_request, response) => {
      answerLater = () => response.end('ok');
    });
    const server = await startServer(app);
    const agent = oneConnection();
    const bare = await listenersOfBareConnection();
    await sendOn(agent, server.port, '/a');
    const slow = sendOn(agent, server.port, '/slow');
    await expect.poll(async () => (await scrape(first)).value('http_requests_in_flight')).toBe(1);
    metrics.dispose();
    metrics = httpMetrics({ registry: second });
    answerLater();
    await slow;
    await sendOn(agent, server.port, '/a');
    await requestsSettle(second);
    expect(await recordedRequests(second)).toEqual(['GET /a 200']);
    metrics.dispose();
    expect([...sockets].map((socket) => socket.listenerCount('close'))).toEqual([bare]);
    agent.destroy();
    await server.close();

    async function listenersOfBareConnection(): Promise<number> {
      const plain = await startServer(ok);
      const [connection] = await Promise.all([
        once(plain.server, 'connection') as Promise<[Socket]>,
        sendOn(agent, plain.port, '/'),
      ]);
      const count = connection[0].listenerCount('close');
      await plain.close();
      return count;
    }
  });

  test('counts a response that no server of Node has made', async () => {
    const registry = new Registry();
    const metrics = httpMetrics({ registry });
    const app = line.express().use(metrics).get('/a', ok);
    // As adapters for functions in the cloud do it.
    const socket = new PassThrough() as unknown as Socket;
    const request = Object.assign(new IncomingMessage(socket), { method: 'GET', url: '/a' });
    const response = new ServerResponse(request);
    response.assignSocket(socket);
    response.on('finish', () => response.emit('close'));
    app(request, response);
    await once(response, 'close');
    await requestsSettle(registry);
    expect(await recordedRequests(registry)).toEqual(['GET /a 200']);
    metrics.dispose();
  });
});
