import { connect } from 'node:net';
import type { ServerResponse } from 'node:http';
import { Registry } from 'prom-client';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../bench/shuffle.ts';
import { httpMetrics } from '../../src/instrument/http/http-metrics.ts';
import { scrape } from '../support/exposition.ts';
import { requestsSettle } from '../support/express-exposition.ts';
import { type Express, expressLines } from '../support/express-lines.ts';
import { goOn, ok } from '../support/express-rows.ts';
import { startServer } from '../support/express-server.ts';

const answer =
  (status: number) =>
  (_request: unknown, response: ServerResponse): void =>
    void response.writeHead(status).end();

/** Paths, and what is recorded of each; nothing of those that are skipped. Some leave a layer, a mount or a route behind. */
const requests = {
  '/guarded/7': 'GET unmatched 401',
  '/files/x/y': 'GET /files/:dir 200',
  '/one/x': 'GET /one/x 200',
  '/two/7/x': 'GET /two/:id/x 200',
  '/two/7/shut': 'GET /two/:id 403',
  '/one/shut': 'GET /one 403',
  '/passed': 'GET unmatched 404',
  '/nowhere': 'GET unmatched 404',
  '/skipped': undefined,
  '/files/skipped': undefined,
} as const;
const paths = Object.keys(requests) as readonly (keyof typeof requests)[];

function mixedApp(express: Express, registry: Registry): ReturnType<Express> {
  const app = express();
  app.use(httpMetrics({ registry, ignorePaths: ['/skipped', '/files/skipped'] }));
  app.use((request, response, next) => (request.url.startsWith('/guarded') ? answer(401)(request, response) : next()));
  const router = express.Router().get('/x', ok);
  router.use('/shut', goOn);
  router.use((request, response, next) => (request.url === '/shut' ? answer(403)(request, response) : next()));
  app.use('/one', router).use('/two/:id', router);
  app.get('/passed', goOn);
  app.use('/files/:dir', ok);
  return app;
}

const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;

/** One connection; in turn, or all at once. */
async function sendAll(port: number, sent: readonly string[], isPipelined: boolean): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  const answered = (count: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (chunk?: Buffer): void => {
        text += String(chunk ?? '');
        if (text.split('HTTP/1.1 ').length <= count) return;
        socket.off('data', look);
        resolve();
      };
      socket.on('data', look).once('error', reject);
      look();
    });
  if (isPipelined) socket.write(sent.map(get).join(''));
  for (const [index, path] of sent.entries()) {
    if (!isPipelined) socket.write(get(path));
    await answered(index + 1);
  }
  socket.destroy();
}

describe.each(expressLines)('httpMetrics() with $name', ({ express }) => {
  test('records each request of a connection by itself, whatever came before it there', async () => {
    const random = seededRandom(7);
    const registry = new Registry();
    const server = await startServer(mixedApp(express, registry));
    const expected: Record<string, number> = {};
    for (let round = 0; round < 300; round += 1) {
      const sent = Array.from({ length: 12 }, () => paths[Math.floor(random() * paths.length)] ?? '/nowhere');
      for (const path of sent) {
        const recorded = requests[path];
        if (recorded !== undefined) expected[recorded] = (expected[recorded] ?? 0) + 1;
      }
      await sendAll(server.port, sent, random() < 0.5);
    }
    await requestsSettle(registry);
    await server.close();
    expect((await scrape(registry)).series('http_request_duration_seconds_count')).toEqual(expected);
  });
});
