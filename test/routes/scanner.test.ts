import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Registry } from 'prom-client';
import { describe, expect, test } from 'vitest';
import { httpMetrics } from '../../src/instrument/http/http-metrics.ts';
import { scrape } from '../support/exposition.ts';
import { requestsSettle } from '../support/express-exposition.ts';
import { expressLines } from '../support/express-lines.ts';
import { answer, ok } from '../support/express-rows.ts';
import { startServer } from '../support/express-server.ts';

/** Together 100,000 and more, on four connections for each line. */
const sockets = 4;
const perSocket = 8_400;
const methods = ['GET', 'HEAD', 'POST', 'PROPFIND'] as const;

describe.each(expressLines)('httpMetrics() with $name', ({ express, everything }) => {
  test('adds one series per method and status for a scanner of random URLs', { timeout: 30_000 }, async () => {
    const registry = new Registry();
    const router = express.Router().get('/users/:id', ok).use(answer(404));
    const app = express().use(httpMetrics({ registry })).use('/t/:tid', router);
    app.use('/s', express().get('/:a/:b', ok)).use(everything, answer(404));
    const server = await startServer(app);
    await Promise.all(Array.from({ length: sockets }, (_, index) => scan(connect(server.port, '127.0.0.1'), index)));
    await requestsSettle(registry);
    const counts = (await scrape(registry)).series('http_request_duration_seconds_count');
    const each = (sockets * perSocket) / methods.length;
    expect(counts).toEqual({
      'GET unmatched 404': each,
      'HEAD unmatched 404': each,
      'POST unmatched 404': each,
      'other unmatched 404': each,
    });
    await server.close();
  });
});

/** Pipelined in lots, each answered before the next, so that no buffer grows. */
async function scan(socket: Socket, seed: number): Promise<void> {
  const lot = 400;
  const mark = 'HTTP/1.1 404';
  let answered = 0;
  let tail = '';
  socket.on('data', (chunk: Buffer) => {
    const parts = (tail + chunk.toString('latin1')).split(mark);
    answered += parts.length - 1;
    tail = (parts.at(-1) ?? '').slice(1 - mark.length);
    if (answered % lot === 0) socket.emit('lot');
  });
  for (let sent = 0; sent < perSocket; sent += lot) {
    const requests = Array.from({ length: lot }, (_, index) => randomRequest(seed * perSocket + sent + index));
    const isAnswered = once(socket, 'lot');
    socket.write(requests.join(''));
    await isAnswered;
  }
  socket.destroy();
}

const shapes: readonly ((random: string) => string)[] = [
  (random) => `/${random}`,
  (random) => `/t/${random}/${random}.php`,
  (random) => `/s/${random}?q=/users/${random}`,
  (random) => `/t/users/${random}/users/1/..%2f`,
  (random) => `/%e2%82%ac/${random}/:id/*`,
  (random) => `http://${random}/wp-admin/${random}`,
  (random) => `//${random}//`,
];

function randomRequest(index: number): string {
  const random = Math.random().toString(36).slice(2);
  const url = shapes[index % shapes.length]?.(random) ?? '/';
  return `${methods[index % methods.length] ?? 'GET'} ${url} HTTP/1.1\r\nHost: x\r\n\r\n`;
}
