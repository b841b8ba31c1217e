import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import express5, { type ErrorRequestHandler, type Express } from 'express';
import { Registry } from 'prom-client';
import { afterEach, describe, expect, it } from 'vitest';
import { setTraceReader } from '../../src/correlation/current-trace.ts';
import { errorMetrics, type ErrorMetricsOptions } from '../../src/instrument/errors-middleware.ts';
import { clients } from '../support/clients.ts';
import { type Exposition, scrape } from '../support/exposition.ts';

const express4 = createRequire(import.meta.url)('express4') as typeof express5;
const servers: Server[] = [];

afterEach(() => {
  setTraceReader(undefined);
  for (const server of servers.splice(0)) server.close();
});

/** An app that fails with the given error at /fail, and shows which error reached the handler at the end. */
function failingApp(express: typeof express5, error: unknown, options: ErrorMetricsOptions, times = 1): Express {
  const app = express();
  app.get('/fail', (_request, _response, next) => next(error));
  for (let i = 0; i < times; i += 1) app.use(errorMetrics({ processErrors: false, ...options }));
  const answer: ErrorRequestHandler = (seen, _request, response, _next) => {
    response.status(500).json({ same: seen === error });
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
    const error = new RangeError('x');
    setTraceReader(() => ({ traceId: 'f00d', spanId: 'beef', isSampled: true }));
    const app = failingApp(express5, error, {
      registry: new Registry(),
      onError: (seen, { type, route, traceId }) => void told.push(seen, type, route, traceId),
    });
    await get(app, '/fail');
    expect(told).toEqual([error, 'RangeError', '/fail', 'f00d']);
  });

  it.each<[string, Partial<ErrorMetricsOptions>]>([
    [
      'a hook that throws',
      {
        onError: () => {
          throw new Error('tracker is down');
        },
      },
    ],
    ['a hook that rejects', { onError: () => Promise.reject(new Error('tracker is down')) }],
    [
      'a route resolver that throws',
      {
        routeOf: () => {
          throw new Error('no route');
        },
      },
    ],
  ])('passes the error on and counts %s', async (_, options) => {
    const registry = new Registry();
    expect(await get(failingApp(express5, new Error('x'), { registry, ...options }), '/fail')).toEqual({ same: true });
    const { value } = await scrape(registry);
    expect(value('telltale_label_errors_total', { metric: 'application_errors_total' })).toBe(1);
  });

  it.each([
    ['a string', 'text'],
    [
      'an object that cannot be looked at',
      new Proxy(
        {},
        {
          get: () => {
            throw new Error('no');
          },
        },
      ),
    ],
  ])('passes on what is no error: %s', async (_, thrown) => {
    expect(await get(failingApp(express5, thrown, { registry: new Registry() }), '/fail')).toEqual({ same: true });
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

  it('refuses a hook that is no function', () => {
    expect(() => errorMetrics({ onError: 'log' as never })).toThrow('Cannot use a string as onError');
  });
});
