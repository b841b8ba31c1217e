import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import express5, { type ErrorRequestHandler, type Express } from 'express';
import { Registry } from 'prom-client';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { setTraceReader } from '../../src/correlation/current-trace.ts';
import { errorMetrics, type ErrorMetricsOptions } from '../../src/instrument/errors/errors-middleware.ts';
import { serviceInfo } from '../../src/instrument/runtime/service-info.ts';
import { clients } from '../support/clients.ts';
import { startServer } from '../support/express-server.ts';
import { type Exposition, scrape } from '../support/exposition.ts';
import { startTracing } from '../support/traced-server.ts';

const express4 = createRequire(import.meta.url)('express4') as typeof express5;
const servers: Server[] = [];

afterEach(() => {
  setTraceReader(undefined);
  for (const server of servers.splice(0)) server.close();
});

function fails(): never {
  throw new Error('on purpose');
}

function withThrowingGetters(error: Error): Error {
  const names = ['name', 'code', 'status', 'statusCode', 'message', 'constructor'];
  return Object.defineProperties(error, Object.fromEntries(names.map((name) => [name, { get: fails }])));
}

/** An app that fails with the given error at /fail, and shows which error reached the handler at the end. */
function failingApp(express: typeof express5, error: unknown, options: ErrorMetricsOptions, times = 1): Express {
  const app = express();
  app.get('/fail', (_request, _response, next) => next(error));
  for (let i = 0; i < times; i += 1) app.use(errorMetrics({ processErrors: false, ...options }));
  const answer: ErrorRequestHandler = (seen, _request, response, _next) => {
    response.status(500).json({ same: Object.is(seen, error) });
  };
  app.use(answer);
  return app;
}

async function get(app: Express, path: string): Promise<unknown> {
  const server = await new Promise<Server>((resolve) => {
    const listening = app.listen(0, () => resolve(listening));
  });
  servers.push(server);
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
  return response.json();
}

function applicationErrors({ samples }: Exposition): unknown[] {
  return samples
    .filter(({ name, value }) => name === 'application_errors_total' && value > 0)
    .map(({ labels, value }) => ({ ...labels, value }));
}

/** The release that a hook is told when the service says its version after the middleware was made. */
async function releaseOf(options: ErrorMetricsOptions, version?: string): Promise<unknown> {
  const registry = new Registry();
  let told: unknown = 'not told';
  const onError: ErrorMetricsOptions['onError'] = (_error, { release }) => {
    told = release;
  };
  const app = failingApp(express5, new Error('x'), { registry, ...options, onError });
  if (version !== undefined) serviceInfo({ registry, version });
  await get(app, '/fail');
  return told;
}

describe.each([
  ['4', express4],
  ['5', express5],
])('errorMetrics() on Express %s', (_, express) => {
  it('counts an error by type and route and passes the very same one on', async () => {
    const registry = new Registry();
    const app = failingApp(express, new TypeError('x'), { registry });
    expect(await get(app, '/fail')).toEqual({ same: true });
    expect(applicationErrors(await scrape(registry))).toEqual([
      { type: 'TypeError', route: '/fail', handled: 'true', value: 1 },
    ]);
  });

  it('counts once when it is mounted twice', async () => {
    const registry = new Registry();
    await get(failingApp(express, new Error('x'), { registry }, 2), '/fail');
    expect(applicationErrors(await scrape(registry))).toEqual([
      { type: 'Error', route: '/fail', handled: 'true', value: 1 },
    ]);
  });
});

describe.each(clients)('errorMetrics() on a registry of %s', (_, newRegistry) => {
  it('exposes 0 before the first error', async () => {
    const registry = newRegistry();
    errorMetrics({ registry, processErrors: false });
    expect((await scrape(registry)).series('application_errors_total')).toEqual({
      'true unmatched Error': 0,
      'false none Error': 0,
    });
  });
});

describe('errorMetrics()', () => {
  it.each([
    ['status', { status: 404 }],
    ['statusCode', { statusCode: 400 }],
  ])('leaves out what is the fault of the client by its %s', async (_, fields) => {
    const registry = new Registry();
    const app = failingApp(express5, Object.assign(new Error('x'), fields), { registry });
    expect(await get(app, '/fail')).toEqual({ same: true });
    expect(applicationErrors(await scrape(registry))).toEqual([]);
  });

  it('records what shouldRecord says', async () => {
    const registry = new Registry();
    const app = failingApp(express5, Object.assign(new Error('x'), { status: 404 }), {
      registry,
      shouldRecord: () => true,
    });
    await get(app, '/fail');
    expect(applicationErrors(await scrape(registry))).toHaveLength(1);
  });

  it('tells onError of the error with its context', async () => {
    const told: unknown[] = [];
    const registry = new Registry();
    const error = new RangeError('x');
    setTraceReader(() => ({ traceId: 'f00d', spanId: 'beef', isSampled: true }));
    serviceInfo({ registry, version: '1.4.0' });
    const onError: ErrorMetricsOptions['onError'] = (seen, { request, ...context }) => {
      told.push(seen === error, request.url, context);
    };
    await get(failingApp(express5, error, { registry, onError }), '/fail?token=secret');
    expect(told).toEqual([
      true,
      '/fail?token=secret',
      { type: 'RangeError', route: '/fail', traceId: 'f00d', release: '1.4.0' },
    ]);
  });

  it("tells onError the trace of OpenTelemetry's tracer", async () => {
    const tracing = startTracing();
    const told: unknown[] = [];
    const onError: ErrorMetricsOptions['onError'] = (_error, { traceId }) => void told.push(traceId);
    const app = failingApp(express5, new Error('x'), { registry: new Registry(), onError });
    const server = await startServer(tracing.traced(app));
    await server.send({ path: '/fail' });
    await server.close();
    tracing.stop();
    expect(told).toEqual(tracing.spans.map(({ trace_id }) => trace_id));
    expect(told).toHaveLength(1);
  });

  describe('tells onError the release', () => {
    afterEach(() => vi.unstubAllEnvs());

    it('that it was given', async () => {
      expect(await releaseOf({ release: 'shop@2' }, '1.4.0')).toBe('shop@2');
    });

    it('that service_info says', async () => {
      vi.stubEnv('SERVICE_VERSION', '9.9.9');
      expect(await releaseOf({}, '1.4.0')).toBe('1.4.0');
    });

    it('of the environment', async () => {
      vi.stubEnv('SERVICE_VERSION', '1.5.0');
      expect(await releaseOf({})).toBe('1.5.0');
    });

    it('as undefined where nobody knows', async () => {
      vi.stubEnv('SERVICE_VERSION', '');
      vi.stubEnv('npm_package_version', '');
      expect(await releaseOf({})).toBeUndefined();
    });
  });

  it('does not wait for a hook that never ends', async () => {
    const registry = new Registry();
    const app = failingApp(express5, new Error('x'), { registry, onError: () => new Promise(() => {}) });
    expect(await get(app, '/fail')).toEqual({ same: true });
    expect(applicationErrors(await scrape(registry))).toHaveLength(1);
  });

  it.each<[string, Partial<ErrorMetricsOptions>, string]>([
    ['a hook that throws', { onError: fails }, '/fail'],
    ['a hook that rejects', { onError: () => Promise.reject(new Error('tracker is down')) }, '/fail'],
    ['a route resolver that throws', { routeOf: fails }, 'unmatched'],
    ['a route resolver that gives no text', { routeOf: () => 7 as never }, 'unmatched'],
    ['a route resolver that rejects', { routeOf: () => Promise.reject(new Error('x')) as never }, 'unmatched'],
    ['a filter that throws', { shouldRecord: fails }, '/fail'],
    ['a filter that rejects', { shouldRecord: () => Promise.reject(new Error('x')) as never }, '/fail'],
  ])('records the error, passes it on and counts %s', async (_, options, route) => {
    const registry = new Registry();
    expect(await get(failingApp(express5, new Error('x'), { registry, ...options }), '/fail')).toEqual({ same: true });
    const exposition = await scrape(registry);
    expect(applicationErrors(exposition)).toEqual([{ type: 'Error', route, handled: 'true', value: 1 }]);
    expect(exposition.value('telltale_label_errors_total', { metric: 'application_errors_total' })).toBe(1);
  });

  it.each<[string, unknown, string]>([
    ['a string', 'text', 'NonError'],
    ['a number', 7, 'NonError'],
    ['a symbol', Symbol('x'), 'NonError'],
    ['a function', fails, 'NonError'],
    ['a promise', Promise.resolve(), 'NonError'],
    ['an error that is frozen', Object.freeze(new TypeError('x')), 'TypeError'],
    ['an error without a prototype', Object.setPrototypeOf(new TypeError('x'), null), 'NonError'],
    ['an error whose getters throw', withThrowingGetters(new TypeError('x')), 'NonError'],
    [
      'an object that cannot be looked at',
      new Proxy({}, { get: fails, has: fails, getPrototypeOf: fails }),
      'NonError',
    ],
  ])('records, tells onError of and passes on %s as it is', async (_, thrown, type) => {
    const registry = new Registry();
    const told: unknown[] = [];
    const onError: ErrorMetricsOptions['onError'] = (seen, context) => {
      told.push(Object.is(seen, thrown), context.type);
    };
    expect(await get(failingApp(express5, thrown, { registry, onError }), '/fail')).toEqual({ same: true });
    expect(told).toEqual([true, type]);
    const exposition = await scrape(registry);
    expect(applicationErrors(exposition)).toEqual([{ type, route: '/fail', handled: 'true', value: 1 }]);
    expect(exposition.value('telltale_label_errors_total', { metric: 'application_errors_total' })).toBe(0);
  });

  it('leaves a rejected promise that was passed as an error unhandled, as it was', async () => {
    const unhandled: unknown[] = [];
    const listen = (reason: unknown): void => void unhandled.push(reason);
    const reason = new Error('x');
    process.once('unhandledRejection', listen);
    const middleware = errorMetrics<object>({ registry: new Registry(), processErrors: false });
    middleware(Promise.reject(reason), {}, {}, () => {});
    await new Promise((resolve) => setTimeout(resolve, 1));
    process.off('unhandledRejection', listen);
    expect(unhandled).toEqual([reason]);
  });

  it('bounds types: the 101st is "overflow"', async () => {
    const registry = new Registry();
    const middleware = errorMetrics<object>({ registry, processErrors: false });
    for (let i = 0; i < 150; i += 1) middleware(Object.assign(new Error('x'), { code: `CODE_${i}` }), {}, {}, () => {});
    const types = new Set((await scrape(registry)).samples.map(({ labels }) => labels['type']));
    types.delete(undefined);
    expect(types.size).toBe(101);
    expect(types).toContain('overflow');
  });

  it('only passes on once disposed of', async () => {
    const registry = new Registry();
    const middleware = errorMetrics<object>({ registry });
    const listeners = process.listenerCount('uncaughtExceptionMonitor');
    middleware.dispose();
    const passed: unknown[] = [];
    middleware('error', {}, {}, (error) => passed.push(error));
    expect(passed).toEqual(['error']);
    expect(process.listenerCount('uncaughtExceptionMonitor')).toBe(listeners - 1);
    expect((await scrape(registry)).samples).toEqual([]);
  });

  it('refuses wrong options, all at once', () => {
    expect(() => errorMetrics({ onError: 'log', release: '', onErorr: fails } as never)).toThrow(
      'Cannot use errorMetrics(): option "onError" must be a function, got "log"; ' +
        'option "release" must be a text that is not empty, got ""; option "onErorr" does not exist',
    );
  });
});
