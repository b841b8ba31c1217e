import type { IncomingMessage } from 'node:http';
import { Registry } from 'prom-client';
import { describe, expect, test } from 'vitest';
import { httpMetrics } from '../../src/instrument/http/http-metrics.ts';
import { routeOf } from '../../src/routes/route-of.ts';
import { expressLines } from '../support/express-lines.ts';
import { answer, goOn, type Next, sendAndGoOn } from '../support/express-rows.ts';
import { startServer } from '../support/express-server.ts';

describe.each(expressLines)('routeOf() with $name', ({ express }) => {
  const read = async (path: string): Promise<readonly string[]> => {
    const seen: string[] = [];
    const note = (request: IncomingMessage, _response: unknown, next: Next): void => {
      seen.push(routeOf(request));
      next();
    };
    const app = express().use(httpMetrics({ registry: new Registry() }));
    const router = express.Router().use(note).get('/a/:id', note, sendAndGoOn).get('/fall', note, goOn);
    app.use('/t/:tid', router, note).use(note).use(answer(404));
    const server = await startServer((request, response) => {
      response.on('close', () => seen.push(routeOf(request)));
      app(request, response);
    });
    await server.send({ path });
    await server.close();
    return seen;
  };

  test('is the middleware, then the route, and stays the route once that has answered', async () => {
    expect(await read('/t/1/a/2')).toEqual([
      '/t/:tid',
      '/t/:tid/a/:id',
      '/t/:tid/a/:id',
      '/t/:tid/a/:id',
      '/t/:tid/a/:id',
    ]);
  });

  test('moves on with a request that no route has answered', async () => {
    expect(await read('/t/1/fall')).toEqual(['/t/:tid', '/t/:tid/fall', '/t/:tid', 'unmatched', 'unmatched']);
  });

  test('is "unmatched" for a request that Express has not seen', () => {
    expect(routeOf({})).toBe('unmatched');
  });
});
