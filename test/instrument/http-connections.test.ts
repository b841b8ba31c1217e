import { once } from 'node:events';
import { IncomingMessage, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Registry } from 'prom-client';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { httpMetrics, type HttpMetricsMiddleware } from '../../src/instrument/http/http-metrics.ts';
import type { HttpMetricsOptions } from '../../src/instrument/http/options.ts';
import { scrape } from '../support/exposition.ts';
import { recordedRequests } from '../support/express-exposition.ts';
import { expressLines } from '../support/express-lines.ts';
import { goOn, hang, type Next, ok } from '../support/express-rows.ts';
import { type RunningServer, startServer } from '../support/express-server.ts';

const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;
const inFlight = async (registry: Registry): Promise<number | undefined> =>
  (await scrape(registry)).value('http_requests_in_flight');
/** What is recorded once it is as many and none is in flight. */
const settled = async (registry: Registry, count: number): Promise<readonly string[]> => {
  await vi.waitFor(async () =>
    expect([(await recordedRequests(registry)).length, await inFlight(registry)]).toEqual([count, 0]),
  );
  return recordedRequests(registry);
};

const answerFirst = async (_request: unknown, response: ServerResponse, next: Next): Promise<void> => {
  response.end('x');
  await once(response, 'close');
  next();
};

describe.each(expressLines)('httpMetrics() with $name', ({ express }) => {
  let registry: Registry;
  let app: ReturnType<typeof express>;
  let server: RunningServer | undefined;
  let started: HttpMetricsMiddleware[] = [];

  const record = (options: HttpMetricsOptions = {}): HttpMetricsMiddleware => {
    const metrics = httpMetrics({ registry, ...options });
    started.push(metrics);
    return metrics;
  };

  beforeEach(() => {
    registry = new Registry();
    app = express();
  });
  afterEach(async () => {
    for (const metrics of started) metrics.dispose();
    started = [];
    await server?.close();
    server = undefined;
  });

  /** One connection: each request once the one before is answered. */
  const sendInTurn = async (paths: readonly string[]): Promise<void> => {
    server = await startServer(app);
    const socket = connect(server.port, '127.0.0.1');
    for (const path of paths) {
      socket.write(get(path));
      await once(socket, 'data');
      await delay(5);
    }
    socket.destroy();
  };

  test.each(['one after the other', 'pipelined'])('counts requests that an app is given copies of, %s', async (way) => {
    const inner = express().use(record()).get('/a', ok);
    app.use(record()).use((request, response, next) => {
      inner(new Proxy(request, {}), response, next);
    });
    if (way === 'pipelined') {
      server = await startServer(app);
      connect(server.port, '127.0.0.1').resume().write(get('/a').repeat(3));
    } else await sendInTurn(['/a', '/a', '/a']);
    expect(await settled(registry, 3)).toEqual(['GET /a 200', 'GET /a 200', 'GET /a 200']);
  });

  test('counts what is over when it comes by, once for each registry, however often it comes by', async () => {
    const other = new Registry();
    const [one, two] = [record(), record({ registry: other })];
    app.use(answerFirst, one, two, one, (_request: unknown, _response: unknown, next: Next) => setImmediate(next));
    app.use(one, two).use(hang);
    await sendInTurn(['/a', '/a', '/a']);
    const thrice = ['GET unmatched 200', 'GET unmatched 200', 'GET unmatched 200'];
    expect(await settled(registry, 3)).toEqual(thrice);
    expect(await settled(other, 3)).toEqual(thrice);
  });

  test('counts who left before their request came by, also those who waited for their turn', async () => {
    let waiting = 0;
    const goOn: (() => void)[] = [];
    app.use((_request: unknown, _response: unknown, next: Next) => {
      waiting += 1;
      goOn.push(next);
    });
    app.use(record()).get('/a', hang);
    server = await startServer(app);
    const isClosed = once(server.server, 'connection').then(([socket]) => once(socket as never, 'close'));
    const socket = connect(server.port, '127.0.0.1');
    socket.write(get('/a').repeat(3));
    await vi.waitFor(() => expect(waiting).toBe(3));
    socket.destroy();
    await isClosed;
    for (const next of goOn) next();
    expect(await settled(registry, 3)).toEqual(['GET /a 499', 'GET /a 499', 'GET /a 499']);
  });

  test.each([undefined, null])('passes on a request made by hand, whose connection is %s', async (none) => {
    const warn = vi.spyOn(process, 'emitWarning');
    app.use(record()).use('/t', express.Router().use(goOn).get('/a', ok));
    const request = Object.assign(new IncomingMessage(none as never), { url: '/t/a', method: 'GET' });
    const response = new ServerResponse(request);
    app(request as never, response as never);
    expect([response.statusCode, response.writableEnded]).toEqual([200, true]);
    response.emit('close');
    expect(await settled(registry, 0)).toEqual([]);
    expect(warn.mock.calls).toEqual([]);
    warn.mockRestore();
  });

  test('leaves the server alone once it is disposed of, though it is still mounted', async () => {
    const [metrics, skipping] = [record(), record({ ignorePaths: ['/a'] })];
    const running = await startServer(app.use(metrics, skipping).get('/a', ok));
    server = running;
    const events = ['clientError', 'drop', 'dropRequest', 'newListener', 'removeListener'];
    const listeners = (): readonly number[] => events.map((event) => running.server.listenerCount(event));
    const before = listeners();
    await running.send({ path: '/a' });
    const during = listeners();
    metrics.dispose();
    skipping.dispose();
    expect(await running.send({ path: '/a' })).toMatchObject({ status: 200 });
    expect([during, listeners()]).toEqual([before.map((count) => count + 1), before]);
    expect(Object.hasOwn(express.response, 'writeHead')).toBe(false);
  });

  test('counts from 0 where it is started anew while requests of the one before are in flight', async () => {
    const first = record();
    let metrics = first;
    app.use((request, response, next) => metrics(request, response, next));
    const running = await startServer(app.get('/a', ok).get('/hang', hang));
    server = running;
    const socket = connect(running.port, '127.0.0.1');
    socket.write(get('/hang'));
    await vi.waitFor(async () => expect(await inFlight(registry)).toBe(1));
    first.dispose();
    metrics = record();
    await running.send({ path: '/a' });
    const isClosed = once(running.server, 'close');
    socket.destroy();
    await running.close();
    await isClosed;
    server = undefined;
    expect(await settled(registry, 1)).toEqual(['GET /a 200']);
  });
});
