import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { Registry } from 'prom-client';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { statusCode } from '../../src/catalog/labels.ts';
import { instrumentListener } from '../../src/http.ts';
import { httpMetrics } from '../../src/instrument/http/http-metrics.ts';
import { scrape } from '../support/exposition.ts';
import { requestsSettle } from '../support/express-exposition.ts';
import { expressLines } from '../support/express-lines.ts';
import { ok } from '../support/express-rows.ts';
import { type RunningServer, startServer } from '../support/express-server.ts';

const toCap = Array.from({ length: statusCode.cap }, (_, index) => 200 + index);

const upgradeRoute = ({ url }: IncomingMessage): string | undefined => url;

/** Answers with the status that the path names. */
const answer = ({ url = '' }: IncomingMessage, response: ServerResponse): void => {
  response.statusCode = Number(url.slice(1));
  response.end();
};

describe('the HTTP recorder keeps', () => {
  let registry: Registry;
  let server: RunningServer | undefined;

  beforeEach(() => {
    registry = new Registry();
  });
  afterEach(() => server?.close());

  const counts = async (): Promise<Record<string, number>> => {
    await requestsSettle(registry);
    return (await scrape(registry)).series('http_request_duration_seconds_count');
  };

  test('distinct statuses up to their cap, over all routes, further ones as overflow, by each label', async () => {
    const plan = { values: ['free'], of: ({ method }: IncomingMessage) => (method === 'PUT' ? 'free' : undefined) };
    server = await startServer(instrumentListener(answer, { registry, route: () => '/a', labels: { plan } }));
    for (const status of toCap) await server.send({ path: `/${status}` });
    for (const status of [998, 999, 998, 200]) {
      await server.send({ path: `/${status}` });
      await server.send({ method: 'PUT', path: `/${status}` });
    }
    expect(await counts()).toEqual({
      ...Object.fromEntries(toCap.map((status) => [`GET other /a ${status}`, 1])),
      'GET other /a 200': 2,
      'GET other /a overflow': 3,
      'PUT free /a 200': 1,
      'PUT free /a overflow': 3,
    });
  });

  test.each(expressLines)('a known route of $name, and "unmatched", past the cap on routes', async ({ express }) => {
    const app = express()
      .use(httpMetrics({ registry, routeCap: 1 }))
      .get('/a', ok);
    server = await startServer(app);
    await server.send({ path: '/a' });
    // The tree is read anew, with new objects for what is known.
    app.get('/b', ok);
    for (const path of ['/a', '/b', '/none']) await server.send({ path });
    await server.send({ method: 'HEAD', path: '/a' });
    expect(await counts()).toEqual({
      'GET /a 200': 2,
      'GET overflow 200': 1,
      'GET unmatched 404': 1,
      'HEAD /a 200': 1,
    });
  });

  test('routes of upgrades within the same cap', async () => {
    server = await startServer(instrumentListener(ok, { registry, routeCap: 2, upgradeRoute, route: () => '/a' }));
    server.server.on('upgrade', (_request, socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n');
      socket.resume().on('end', () => socket.end());
    });
    await server.send({ path: '/' });
    const sockets = [];
    for (const path of ['/a', '/b', '/c', '/b']) {
      const socket = connect(server.port, '127.0.0.1');
      socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
      await once(socket, 'data');
      sockets.push(socket);
    }
    const streams = async (): Promise<object> => (await scrape(registry)).series('http_streams_active');
    expect(await streams()).toEqual({ 'upgrade /a': 1, 'upgrade /b': 2, 'upgrade overflow': 1 });
    for (const socket of sockets) socket.destroy();
    const none = { 'upgrade /a': 0, 'upgrade /b': 0, 'upgrade overflow': 0 };
    await vi.waitFor(async () => expect(await streams()).toEqual(none));
  });
});
