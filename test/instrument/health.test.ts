import { Registry } from 'prom-client';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  type HealthEndpoints,
  healthEndpoints,
  type HealthEndpointsOptions,
} from '../../src/instrument/health/health-endpoints.ts';
import { httpMetrics } from '../../src/instrument/http/http-metrics.ts';
import { clients } from '../support/clients.ts';
import { scrape } from '../support/exposition.ts';
import { recordedRequests } from '../support/express-exposition.ts';
import { expressLines } from '../support/express-lines.ts';
import { ok } from '../support/express-rows.ts';
import { type RunningServer, startServer } from '../support/express-server.ts';

const running: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.close()));
});

const pass = (): void => undefined;
const fail = (): never => {
  throw new Error('postgres://user:geheim@db refused');
};
const hang = (): Promise<void> => new Promise(pass);

async function start(
  options: HealthEndpointsOptions,
): Promise<RunningServer & { readonly health: HealthEndpoints; readonly registry: Registry }> {
  const registry = (options.registry as Registry | undefined) ?? new Registry();
  const health = healthEndpoints({ cacheMillis: 1, ...options, registry });
  const server = await startServer(health);
  running.push({
    close: async () => {
      health.dispose();
      await server.close();
    },
  });
  return { ...server, health, registry };
}

describe('healthEndpoints()', () => {
  test('is alive and ready without checks', async () => {
    const { send } = await start({});
    for (const path of ['/health', '/ready', '/ready?verbose']) {
      const answer = await send({ path });
      expect([answer?.status, answer?.headers['content-type'], answer?.body]).toEqual([
        200,
        'application/json; charset=utf-8',
        '{"status":"ok","checks":{}}\n',
      ]);
    }
  });

  test('names the checks that fail in /ready, without their messages, and stays alive', async () => {
    const { send } = await start({
      checks: {
        database: fail,
        cache: pass,
        search: () => Promise.reject(new Error('down')),
        flag: () => false,
        slow: hang,
      },
      timeoutMillis: 20,
    });
    const ready = await send({ path: '/ready' });
    expect([ready?.status, JSON.parse(ready?.body ?? '')]).toEqual([
      503,
      {
        status: 'unavailable',
        checks: { database: 'failed', cache: 'ok', search: 'failed', flag: 'failed', slow: 'timeout' },
      },
    ]);
    expect(await send({ path: '/health' })).toMatchObject({ status: 200 });
  });

  test('answers HEAD without a body and leaves other methods and paths alone', async () => {
    const { send } = await start({});
    const head = await send({ method: 'HEAD', path: '/ready' });
    expect([head?.status, head?.body]).toEqual([200, '']);
    expect(await send({ method: 'POST', path: '/ready' })).toMatchObject({ status: 404 });
    expect(await send({ path: '/healthy' })).toMatchObject({ status: 404 });
  });

  test('stays ready when only checks fail that are not critical, and records them as failing all the same', async () => {
    const { send, registry } = await start({
      checks: {
        database: pass,
        payments: { check: fail, critical: false },
        search: { check: hang, critical: false, timeoutMillis: 20 },
      },
    });
    const ready = await send({ path: '/ready' });
    expect([ready?.status, JSON.parse(ready?.body ?? '')]).toEqual([
      200,
      { status: 'degraded', checks: { database: 'ok', payments: 'failed', search: 'timeout' } },
    ]);
    expect((await scrape(registry)).series('health_check_status')).toEqual({
      alive: 1,
      database: 1,
      payments: 0,
      search: 0,
    });
  });

  test('is not ready when one of several failing checks is critical', async () => {
    const { send } = await start({
      checks: { payments: { check: fail, critical: false }, database: { check: fail, critical: true } },
    });
    expect(await send({ path: '/ready' })).toMatchObject({
      status: 503,
      body: '{"status":"unavailable","checks":{"payments":"failed","database":"failed"}}\n',
    });
  });

  test('makes no second call of a check that hangs, and passes once that one has ended', async () => {
    const calls: (() => void)[] = [];
    const hangs = (): Promise<void> => new Promise((resolve) => calls.push(resolve));
    const { health } = await start({ checks: { hangs }, timeoutMillis: 20 });
    for (let probe = 0; probe < 3; probe += 1) {
      expect(await health.report()).toEqual({ status: 'unavailable', checks: { hangs: 'timeout' } });
      await sleep(5);
    }
    expect(calls.length).toBe(1);
    calls[0]?.();
    await sleep(5);
    const report = health.report();
    calls[1]?.();
    expect(await report).toEqual({ status: 'ok', checks: { hangs: 'ok' } });
  });

  test('tells a check when its time is over', async () => {
    const abandoned = new Promise<boolean>((resolve) => {
      const check = ({ signal }: { signal: AbortSignal }): Promise<void> => {
        signal.addEventListener('abort', () => resolve(true));
        return hang();
      };
      void start({ checks: { slow: check }, timeoutMillis: 20 });
    });
    expect(await abandoned).toBe(true);
  });

  test('runs the checks once for probes that come at once and for as long as the result is fresh', async () => {
    let runs = 0;
    const count = async (): Promise<void> => {
      runs += 1;
      await new Promise((resolve) => setTimeout(resolve, 20));
    };
    const { send } = await start({ checks: { count }, cacheMillis: 60_000 });
    await Promise.all(Array.from({ length: 5 }, () => send({ path: '/ready' })));
    await send({ path: '/ready' });
    expect(runs).toBe(1);
  });

  test('turns /ready to 503 while draining, and only that', async () => {
    const { send, health } = await start({ checks: { database: pass } });
    health.draining();
    const ready = await send({ path: '/ready' });
    expect([ready?.status, ready?.body]).toEqual([503, '{"status":"draining","checks":{}}\n']);
    expect(await send({ path: '/health' })).toMatchObject({ status: 200 });
  });

  test('runs no check by itself once it is draining, and keeps what it knew', async () => {
    vi.useFakeTimers();
    const registry = new Registry();
    let isUp = true;
    let calls = 0;
    const database = (): boolean => {
      calls += 1;
      return isUp;
    };
    const health = healthEndpoints({ registry, checks: { database } });
    await vi.advanceTimersByTimeAsync(25_000);
    const before = calls;
    health.draining();
    isUp = false;
    await vi.advanceTimersByTimeAsync(60_000);
    const { value } = await scrape(registry);
    health.dispose();
    vi.useRealTimers();
    expect([before > 1, calls - before, value('health_check_status', { check: 'database' })]).toEqual([true, 0, 1]);
  });

  test('leaves no timer behind when it is disposed of while a check hangs', async () => {
    vi.useFakeTimers();
    const health = healthEndpoints({ registry: new Registry(), checks: { hang } });
    await vi.advanceTimersByTimeAsync(100);
    const during = vi.getTimerCount();
    health.dispose();
    await vi.advanceTimersByTimeAsync(0);
    const after = vi.getTimerCount();
    vi.useRealTimers();
    expect([during, after]).toEqual([1, 0]);
  });

  test('sends the report when the body callback gives nothing', async () => {
    const { send } = await start({ body: () => undefined });
    expect(await send({ path: '/ready' })).toMatchObject({ status: 200, body: '{"status":"ok","checks":{}}\n' });
  });

  test('sends the body and uses the paths that it was given', async () => {
    const { send } = await start({
      checks: { database: fail },
      paths: { health: '/livez', ready: '/readyz' },
      body: ({ status }) => ({ up: status === 'ok' }),
    });
    expect(await send({ path: '/readyz' })).toMatchObject({ status: 503, body: '{"up":false}\n' });
    expect(await send({ path: '/livez' })).toMatchObject({ status: 200, body: '{"up":true}\n' });
    expect(await send({ path: '/ready' })).toMatchObject({ status: 404 });
  });

  test('sends the report when the body callback throws', async () => {
    const { send } = await start({ body: fail });
    expect(await send({ path: '/ready' })).toMatchObject({ status: 200, body: '{"status":"ok","checks":{}}\n' });
  });

  test('records its checks without being probed, again and again, until it is disposed of', async () => {
    let runs = 0;
    const { registry, health } = await start({
      checks: {
        database: () => {
          runs += 1;
        },
        cache: fail,
      },
      intervalMillis: 5,
    });
    await vi.waitFor(() => expect(runs).toBeGreaterThan(2));
    const exposition = await scrape(registry);
    expect(exposition.series('health_check_status')).toEqual({ alive: 1, cache: 0, database: 1 });
    expect(Object.keys(exposition.series('health_check_duration_seconds_count'))).toEqual(['database', 'cache']);
    health.dispose();
    expect(registry.getMetricsAsArray()).toEqual([]);
    const stopped = runs;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(runs).toBe(stopped);
  });

  test('records nothing of a check that ends after it was disposed of', async () => {
    const registry = new Registry();
    let end = pass;
    const slow = (): Promise<void> =>
      new Promise((resolve) => {
        end = resolve;
      });
    // The other keeps the metrics on the registry.
    await start({ registry });
    const { health } = await start({ registry, checks: { slow } });
    const report = health.report();
    health.dispose();
    end();
    await report;
    expect((await scrape(registry)).series('health_check_status')).toEqual({ alive: 1 });
  });

  test('says which version runs', async () => {
    const { registry } = await start({ version: '1.4.0', commit: 'abc' });
    expect((await scrape(registry)).series('service_info')).toEqual({ 'abc 1.4.0': 1 });
  });

  test.each([
    [
      { checks: { alive: pass } },
      'option "checks" must be an object of functions or { check, critical, timeoutMillis }, none of them called "alive", got an object',
    ],
    [
      { checks: { database: true } },
      'option "checks" must be an object of functions or { check, critical, timeoutMillis }, none of them called "alive", got an object',
    ],
    ...[{ critical: true }, { check: pass, critical: 1 }, { check: pass, timeout: 1 }].map(
      (database): [object, string] => [
        { checks: { database } },
        'option "checks" must be an object of functions or { check, critical, timeoutMillis }, none of them called "alive", got an object',
      ],
    ),
    [{ timeoutMillis: -1 }, 'option "timeoutMillis" must be a positive number of milliseconds, got -1'],
    [
      { paths: { ready: '/health' } },
      'option "paths" must be an object with paths "health" and "ready" that start with "/" and differ, got an object',
    ],
  ])('refuses %j', (options, problem) => {
    expect(() => healthEndpoints({ ...(options as HealthEndpointsOptions), registry: new Registry() })).toThrow(
      expect.objectContaining({ code: 'TELLTALE_OPTION', message: `Cannot use healthEndpoints(): ${problem}` }),
    );
  });
});

describe.each(clients)('healthEndpoints() with %s', (_client, newRegistry) => {
  test('records the outcome and the time of each check', async () => {
    const registry = newRegistry();
    const health = healthEndpoints({ registry, checks: { database: pass, cache: fail } });
    expect(await health.report()).toEqual({ status: 'unavailable', checks: { database: 'ok', cache: 'failed' } });
    const exposition = await scrape(registry);
    expect(exposition.series('health_check_status')).toEqual({ alive: 1, cache: 0, database: 1 });
    expect(exposition.series('health_check_duration_seconds_count')).toEqual({ cache: 1, database: 1 });
    health.dispose();
  });
});

describe.each(expressLines)('healthEndpoints() with $name', ({ express }) => {
  test('serves probes that httpMetrics() does not record, beside the routes of the app', async () => {
    const registry = new Registry();
    const health = healthEndpoints({ registry });
    const server = await startServer(express().use(httpMetrics({ registry }), health).get('/a', ok));
    running.push(server);
    for (const path of ['/health', '/ready', '/a']) expect(await server.send({ path })).toMatchObject({ status: 200 });
    await vi.waitFor(async () => expect(await recordedRequests(registry)).toEqual(['GET /a 200']));
    health.dispose();
  });
});
