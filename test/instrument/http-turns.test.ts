import { once } from 'node:events';
import { type Agent, get, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { Registry } from 'prom-client';
import { describe, expect, test } from 'vitest';
import { httpMetrics } from '../../src/instrument/http/http-metrics.ts';
import { scrape } from '../support/exposition.ts';
import { recordedRequests, requestsSettle } from '../support/express-exposition.ts';
import { expressLines } from '../support/express-lines.ts';
import { goOn, ok } from '../support/express-rows.ts';
import { oneConnection, sendOn } from '../support/kept-connection.ts';
import { startServer } from '../support/express-server.ts';

const nothing = (): void => {
  // Until there is something to answer.
};

describe.each(expressLines)('requests that take turns on a connection, with $name', (line) => {
  test('counts a request once, by its own route, on a connection that also has some that are skipped', async () => {
    const registry = new Registry();
    const metrics = httpMetrics({ registry, ignorePaths: ['/skipped/1'] });
    const app = line.express().use(metrics);
    app.use('/skipped', goOn).get('/skipped/:id', ok).get('/a', ok).use('/mw', ok);
    const server = await startServer(app);
    const agent = oneConnection();
    for (const path of ['/skipped/1', '/mw', '/skipped/1', '/a', '/skipped/1', '/skipped/2']) {
      await sendOn(agent, server.port, path);
    }
    await requestsSettle(registry);
    expect(await recordedRequests(registry)).toEqual(['GET /mw 200', 'GET /a 200', 'GET /skipped/:id 200']);
    agent.destroy();
    await server.close();
    metrics.dispose();
  });

  test('counts a request whose connection was gone when it came by', async () => {
    const registry = new Registry();
    const metrics = httpMetrics({ registry });
    const app = line.express();
    const seen: Promise<void>[] = [];
    app.use((incoming, response, next) => {
      const observeLater = async (): Promise<void> => {
        await once(incoming.socket, 'close');
        metrics(incoming, response, next);
      };
      seen.push(observeLater());
    });
    app.get('/a', ok);
    const server = await startServer(app);
    const sent = get({ port: server.port, path: '/a', agent: false }).on('error', nothing);
    await expect.poll(() => seen).toHaveLength(1);
    sent.destroy();
    await seen[0];
    await requestsSettle(registry);
    expect(await recordedRequests(registry)).toEqual(['GET /a 499']);
    await server.close();
    metrics.dispose();
  });

  test('lets a request be that has taken over the connection of the one that was over last', async () => {
    const registry = new Registry();
    const metrics = httpMetrics({ registry });
    let answerLater = nothing;
    const app = line.express().use(metrics).get('/a', ok);
    app.get('/slow', (_request, response) => {
      answerLater = () => response.end('ok');
    });
    const server = await startServer(app);
    const [agent, other] = [1, 2].map(() => oneConnection()) as [Agent, Agent];
    await sendOn(agent, server.port, '/a');
    const slow = sendOn(agent, server.port, '/slow');
    await expect.poll(async () => (await scrape(registry)).value('http_requests_in_flight')).toBe(1);
    await sendOn(other, server.port, '/a');
    answerLater();
    await slow;
    await requestsSettle(registry);
    expect(await recordedRequests(registry)).toEqual(['GET /a 200', 'GET /a 200', 'GET /slow 200']);
    for (const each of [agent, other]) each.destroy();
    await server.close();
    metrics.dispose();
  });

  test('counts a pipelined request once that comes by again when it is its turn', async () => {
    const registry = new Registry();
    const metrics = httpMetrics({ registry });
    const app = line.express().use(metrics);
    app.use((_request, response, next) => {
      if (response.socket === null) response.once('socket', () => next());
      else next();
    });
    app.use(metrics).get('/slow', (incoming, response) => setImmediate(ok, incoming, response));
    app.get('/a', ok);
    const server = await startServer(app);
    const connection = connect(server.port, '127.0.0.1').resume();
    const asks = ['/slow', '/a'].map((path) => `GET ${path} HTTP/1.1\r\nHost: x\r\n`);
    connection.write(`${asks.join('\r\n')}Connection: close\r\n\r\n`);
    await once(connection, 'end');
    await requestsSettle(registry);
    expect(await recordedRequests(registry)).toEqual(['GET /slow 200', 'GET /a 200']);
    await server.close();
    metrics.dispose();
  });

  test('takes the status as Node does, and an event stream that is sent whole for a request', async () => {
    const registry = new Registry();
    const metrics = httpMetrics({ registry });
    const app = line.express().use(metrics);
    const statuses = [201, '201'];
    app.get('/text', (_request, response) => void response.writeHead(statuses.pop() as number).end());
    app.get('/events', (_request, response) => {
      response.setHeader('content-type', 'text/event-stream');
      response.end('data: 1\n\n');
    });
    const server = await startServer(app);
    for (const path of ['/text', '/text', '/events']) await server.send({ path });
    await requestsSettle(registry);
    expect(await recordedRequests(registry)).toEqual(['GET /text 201', 'GET /text 201', 'GET /events 200']);
    await server.close();
    metrics.dispose();
  });

  test('measures chunked request bodies on one connection, for each recorder', async () => {
    const registries = [new Registry(), new Registry()];
    const recorders = registries.map((registry) => httpMetrics({ registry }));
    const app = line.express().use(...recorders);
    app.post('/a', (incoming, response) => void incoming.resume().on('end', () => response.end('ok')));
    const server = await startServer(app);
    const agent = oneConnection();
    const body = 'x'.repeat(1_000);
    for (const headers of [
      { 'Transfer-Encoding': 'chunked' },
      { 'Content-Length': 1_000 },
      { 'Transfer-Encoding': 'chunked' },
    ]) {
      const sent = request({ port: server.port, method: 'POST', path: '/a', agent, headers });
      sent.end(body);
      const [response] = (await once(sent, 'response')) as [IncomingMessage];
      await once(response.resume(), 'end');
    }
    const chunked = '3e8\r\n'.length + 1_000 + '\r\n'.length + '0\r\n\r\n'.length;
    for (const registry of registries) {
      await requestsSettle(registry);
      const { series } = await scrape(registry);
      expect(series('http_request_size_bytes_sum')).toEqual({ 'POST /a': chunked + 1_000 + chunked });
    }
    agent.destroy();
    await server.close();
    for (const recorder of recorders) recorder.dispose();
  });
});

test('one connection that passes apps of two copies of Express has one listener, and each recorder counts once', async () => {
  const [outer, inner] = expressLines.map((line) => ({ line, registry: new Registry() }));
  if (outer === undefined || inner === undefined) throw new Error('two lines of Express are needed');
  const recorders = [outer, inner].map(({ registry }) => httpMetrics({ registry }));
  const app = inner.line
    .express()
    .use(recorders[1] ?? goOn)
    .get('/a', ok);
  const listeners: number[] = [];
  const shell = outer.line.express().use(recorders[0] ?? goOn);
  shell.use((incoming, response) => {
    app(incoming, response);
    listeners.push(incoming.socket.listenerCount('close'));
  });
  const server = await startServer(shell);
  const agent = oneConnection();
  for (const path of ['/a', '/a', '/a']) await sendOn(agent, server.port, path);
  for (const { registry } of [outer, inner]) await requestsSettle(registry);
  expect(await recordedRequests(inner.registry)).toEqual(['GET /a 200', 'GET /a 200', 'GET /a 200']);
  expect(await recordedRequests(outer.registry)).toHaveLength(3);
  expect(new Set(listeners).size).toBe(1);
  agent.destroy();
  await server.close();
  for (const recorder of recorders) recorder.dispose();
});

test('counts what is answered by an app of another copy of Express that nobody records', async () => {
  const [outer, inner] = expressLines;
  if (outer === undefined || inner === undefined) throw new Error('two lines of Express are needed');
  const registry = new Registry();
  const metrics = httpMetrics({ registry });
  const app = inner.express().get('/a', (incoming, response) => setImmediate(ok, incoming, response));
  const shell = outer.express().use(metrics);
  shell.use((incoming, response) => void app(incoming, response));
  const server = await startServer(shell);
  const agent = oneConnection();
  for (const path of ['/a', '/a']) await sendOn(agent, server.port, path);
  await requestsSettle(registry);
  expect((await recordedRequests(registry)).map((each) => each.split(' ').at(-1))).toEqual(['200', '200']);
  agent.destroy();
  await server.close();
  metrics.dispose();
});
