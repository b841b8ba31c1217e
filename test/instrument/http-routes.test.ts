import { Registry } from 'prom-client';
import { describe, expect, test } from 'vitest';
import { httpMetrics } from '../../src/instrument/http-metrics.ts';
import { recordedRequests, requestsSettle } from '../support/express-exposition.ts';
import { expressLines } from '../support/express-lines.ts';
import { middlewareRows } from '../support/express-middleware-rows.ts';
import { routeRows } from '../support/express-route-rows.ts';
import { startServer } from '../support/express-server.ts';

describe.each(expressLines)('httpMetrics() with $name labels', (line) => {
  const rows = [...routeRows, ...middlewareRows].filter(({ only }) => only?.(line) ?? true);

  test.each(rows)('$name', async ({ build, send, expected }) => {
    const registry = new Registry();
    const app = line.express();
    app.set('env', 'test');
    app.use(httpMetrics({ registry }));
    build(app, line);
    const server = await startServer(app);
    try {
      for (const plan of [send].flat()) await server.send(plan);
      await requestsSettle(registry);
      expect(await recordedRequests(registry)).toEqual(expected);
    } finally {
      await server.close();
    }
  });
});
