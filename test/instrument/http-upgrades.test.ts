import { type RequestListener, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { Registry } from 'prom-client';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { httpMetrics } from '../../src/instrument/http/http-metrics.ts';
import { scrape } from '../support/exposition.ts';
import { expressLines } from '../support/express-lines.ts';
import { boom, ok } from '../support/express-rows.ts';
import { type RunningServer, startServer } from '../support/express-server.ts';

const accept = (_request: unknown, socket: Duplex): void => {
  socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n');
  // A client that is destroyed may reset the connection.
  socket.on('error', () => socket.destroy());
  socket.resume().on('end', () => socket.end());
};

describe.each(expressLines)('httpMetrics() with $name counts', (line) => {
  let registry: Registry;
  let server: RunningServer;

  beforeEach(async () => {
    registry = new Registry();
    server = await startServer(line.express().use(httpMetrics({ registry })).get(['/a', '/rooms/:id/.websocket'], ok));
  });
  afterEach(() => server.close());

  test('upgraded connections while another listens for them, and answers them as requests again after that', async () => {
    await server.send({ path: '/a' });
    const upgrade = 'GET /a HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
    server.server.on('upgrade', accept);
    await Promise.resolve();
    const socket = connect(server.port, '127.0.0.1');
    socket.write(upgrade);
    await vi.waitFor(async () =>
      expect((await scrape(registry)).series('http_streams_active')).toEqual({ 'upgrade /a': 1 }),
    );
    socket.destroy();
    await vi.waitFor(async () =>
      expect((await scrape(registry)).series('http_streams_active')).toEqual({ 'upgrade /a': 0 }),
    );
    server.server.off('upgrade', accept);
    await Promise.resolve();
    expect(server.server.listenerCount('upgrade')).toBe(0);
  });

  test('an upgrade that is sent through the app, as express-ws does, by its connection alone', async () => {
    await server.send({ path: '/a' });
    server.server.on('upgrade', (request, socket: Duplex) => {
      request.url = `${request.url}/.websocket`;
      const [app] = server.server.listeners('request') as RequestListener[];
      app?.(request, new ServerResponse(request));
      accept(request, socket);
    });
    await Promise.resolve();
    const upgrade = 'Host: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
    const sockets = ['/rooms/7', '/nowhere'].map((path) => {
      const socket = connect(server.port, '127.0.0.1');
      socket.write(`GET ${path} HTTP/1.1\r\n${upgrade}`);
      return socket;
    });
    await vi.waitFor(async () =>
      expect((await scrape(registry)).series('http_streams_active')).toEqual({
        'upgrade /rooms/:id': 1,
        'upgrade unmatched': 1,
      }),
    );
    const open = await scrape(registry);
    expect(open.value('http_requests_in_flight')).toBe(0);
    expect(open.series('http_request_duration_seconds_count')).toEqual({ 'GET /a 200': 1 });
    for (const socket of sockets) socket.destroy();
  });

  test.each<readonly [string, () => unknown, string, number]>([
    ['names it', () => '/own/:id', '/own/:id', 0],
    ['says nothing', () => undefined, '/a', 0],
    ['throws', boom, 'unmatched', 1],
    ['gives no text', () => 7, 'unmatched', 1],
    ['rejects', () => Promise.reject(new Error('no route')), 'unmatched', 1],
  ])('an upgrade whose upgradeRoute() %s', async (_what, upgradeRoute, route, errors) => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const own = new Registry();
    const app = line
      .express()
      .use(httpMetrics({ registry: own, upgradeRoute: upgradeRoute as never }))
      .get('/a', ok);
    const upgrading = await startServer(app);
    await upgrading.send({ path: '/a' });
    upgrading.server.on('upgrade', accept);
    await Promise.resolve();
    const socket = connect(upgrading.port, '127.0.0.1');
    socket.write('GET /a HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    await vi.waitFor(async () =>
      expect((await scrape(own)).series('http_streams_active')).toEqual({ [`upgrade ${route}`]: 1 }),
    );
    const { value } = await scrape(own);
    const failures = value('telltale_label_errors_total', { metric: 'http_request_duration_seconds' }) ?? 0;
    expect([failures, warn.mock.calls.length]).toEqual([errors, errors]);
    warn.mockRestore();
    socket.destroy();
    await upgrading.close();
  });
});
