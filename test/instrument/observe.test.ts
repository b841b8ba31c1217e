import { Registry } from 'prom-client';
import { describe, expect, test } from 'vitest';
import { observe } from '../../src/instrument/observe.ts';
import { parseExposition } from '../support/exposition.ts';
import { recordedRequests, requestsSettle } from '../support/express-exposition.ts';
import { expressLines } from '../support/express-lines.ts';
import { ok } from '../support/express-rows.ts';
import { startServer } from '../support/express-server.ts';

describe.each(expressLines)('observe() with $name', ({ express }) => {
  test('records requests and answers /metrics, /health and /ready in one line', async () => {
    const registry = new Registry();
    const app = express();
    const observed = observe(app, { registry, health: { version: '1.4.0' } });
    const server = await startServer(app.get('/users/:id', ok));
    await server.send({ path: '/users/1' });
    expect(await server.send({ path: '/ready' })).toMatchObject({ status: 200 });
    expect(await server.send({ path: '/health' })).toMatchObject({ status: 200 });
    await requestsSettle(registry);
    const names = new Set(
      parseExposition((await server.send({ path: '/metrics' }))?.body ?? '').map(({ name }) => name),
    );
    for (const name of [
      'http_request_duration_seconds_count',
      'health_check_status',
      'service_info',
      'process_cpu_seconds_total',
      'telltale_series',
    ]) {
      expect(names).toContain(name);
    }
    expect(await recordedRequests(registry)).toEqual(['GET /users/:id 200']);
    observed.draining();
    expect(await server.send({ path: '/ready' })).toMatchObject({ status: 503 });
    await server.close();
    observed.dispose();
    expect(registry.getMetricsAsArray()).toEqual([]);
  });

  test('leaves out what it is told to, and moves what it is told to', async () => {
    const registry = new Registry();
    const app = express();
    const observed = observe(app, { registry, health: false, runtime: false, metrics: { path: '/internal/metrics' } });
    const server = await startServer(app);
    expect(await server.send({ path: '/health' })).toMatchObject({ status: 404 });
    expect(await server.send({ path: '/metrics' })).toMatchObject({ status: 404 });
    expect(await server.send({ path: '/internal/metrics' })).toMatchObject({ status: 200 });
    expect(observed.health).toBeUndefined();
    await server.close();
    observed.dispose();
  });

  test('leaves nothing behind when a part of it cannot start', () => {
    const registry = new Registry();
    expect(() => observe(express(), { registry, health: { timeoutMillis: 0 } })).toThrow(
      expect.objectContaining({ code: 'TELLTALE_OPTION' }),
    );
    expect(registry.getMetricsAsArray()).toEqual([]);
  });
});
