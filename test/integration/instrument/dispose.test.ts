import { channel } from 'node:diagnostics_channel';
import type { EventEmitter } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import express, { type NextFunction, type Request, type Response } from 'express';
import { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import { Pool } from 'pg';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../servers/postgres.ts';
import { createStage } from '../../../servers/process/stage.ts';
import { startRedis } from '../../../servers/redis.ts';
import type { Server } from '../../../servers/server.ts';
import {
  backupRecorder,
  businessMetrics,
  errorMetrics,
  gracefulShutdown,
  instrumentCache,
  instrumentJob,
  instrumentPool,
  instrumentRedis,
  metricsServer,
  observe,
  observeQueue,
  outboundMetrics,
  postgresCheck,
  redisCheck,
} from '../../../src/index.ts';
import { startServer } from '../../support/express-server.ts';
import { watchOwnResources } from '../../support/own-resources.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const patiently = { timeout: 20_000 };

const stage = createStage();
let postgres: PostgresServer;
let redisServer: Server;

beforeAll(async () => {
  postgres = await stage.use(startPostgres());
  redisServer = await stage.use(startRedis());
});

afterAll(() => stage.close());

/** All that Node and undici announce. */
const channels = [
  'http.client.request.created',
  'http.client.request.start',
  'http.client.request.error',
  'http.client.response.finish',
  'http.server.request.start',
  'http.server.response.created',
  'http.server.response.finish',
  'net.client.socket',
  'net.server.socket',
  'undici:request:create',
  'undici:request:headers',
  'undici:request:trailers',
  'undici:request:error',
] as const;

/** Of Fastify and router, which announce requests of their own. */
const tracingChannels = ['tracing:router.handle:start', 'fastify.initialization'] as const;

function listenersOf(emitter: EventEmitter): Record<string, number> {
  return Object.fromEntries(emitter.eventNames().map((event) => [String(event), emitter.listenerCount(event)]));
}

/** How often each kind of resource keeps the process alive. */
function activeResources(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const type of process.getActiveResourcesInfo()) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

/** What is an object's own: methods that take the place of others show here. */
const ownOf = (object: object): readonly string[] => Object.getOwnPropertyNames(object).sort();

describe('dispose()', () => {
  it('of everything at once leaves resources, listeners, channels, clients and the registry as they were', async () => {
    const registry = new Registry();
    const pool = new Pool({ connectionString: postgres.url, max: 2 });
    const redis = new Redis(redisServer.url);
    const cache = new LRUCache<string, string>({ max: 10 });
    const app = express();
    const server = await startServer(app);
    onTestFinished(async () => {
      redis.disconnect();
      await pool.end();
      await server.close();
    });
    // What is opened once and kept: a connection each, and a timer of the pool's for idle ones.
    await Promise.all([pool.query('select 1'), redis.ping()]);
    const client = await pool.connect();
    client.release();
    const emitters = { process, server: server.server, pool, client, redis };
    const objects = { pool, client, redis, cache };
    const state = (): unknown => ({
      registered: registry.getMetricsAsArray(),
      channels: [...channels, ...tracingChannels].filter((name) => channel(name).hasSubscribers),
      listeners: Object.fromEntries(Object.entries(emitters).map(([name, emitter]) => [name, listenersOf(emitter)])),
      own: Object.fromEntries(Object.entries(objects).map(([name, object]) => [name, ownOf(object)])),
    });
    const before = state();
    const resourcesBefore = activeResources();
    const own = watchOwnResources();
    onTestFinished(own.stop);

    const failures: string[] = [];
    const job = instrumentJob('digest', async () => 'sent', { registry });
    const errors = errorMetrics({ registry, onError: (_, { route }) => void failures.push(route) });
    const parts = [
      observe(app, {
        registry,
        health: { checks: { database: postgresCheck(pool), redis: redisCheck(redis) }, intervalMillis: 20 },
      }),
      instrumentPool(pool, { name: 'main', registry }),
      instrumentRedis(redis, { registry }),
      instrumentCache(cache, { name: 'memory', registry }),
      outboundMetrics({ registry, dependencies: { self: `127.0.0.1:${server.port}` } }),
      observeQueue('emails', () => ({ depth: 1, oldestAgeSeconds: 2 }), { registry }),
      gracefulShutdown({ servers: [server.server], steps: { database: () => pool.end() } }),
      errors,
      job,
    ];
    const business = businessMetrics(undefined, { registry: new Registry() });
    const backup = backupRecorder({ name: 'database', registry: new Registry() });
    const scraped = await metricsServer({ registry, port: 0, host: '127.0.0.1' });
    app.get('/fails', () => {
      throw new Error('broken');
    });
    app.get('/ok', async (_request: Request, response: Response) => {
      await pool.query('select 1');
      await redis.get('key');
      cache.get('key');
      business.payments.inc({ status: 'succeeded' });
      response.send('ok');
    });
    app.use(errors);
    app.use((_error: unknown, _request: Request, response: Response, _next: NextFunction) => {
      response.status(500).send('broken');
    });

    const base = `http://127.0.0.1:${server.port}`;
    for (const path of ['/ok', '/fails', '/ready', '/health', '/missing']) await (await fetch(base + path)).text();
    await job();
    await backup.succeeded();
    const page = await (await fetch(`http://127.0.0.1:${scraped.port}/metrics`)).text();
    // Each of them has seen something, or it would be no wonder that nothing is left.
    for (const seen of [
      /^http_request_duration_seconds_count\{.*route="\/ok".*\} 1$/m,
      /^db_query_duration_seconds_count\{.*pool="main".*\} [1-9]/m,
      /^cache_requests_total\{.*cache="redis".*result="miss".*\} 1$/m,
      /^cache_requests_total\{.*cache="memory".*result="miss".*\} 1$/m,
      /^http_client_request_duration_seconds_count\{.*dependency="self".*status_code="200".*\} [1-9]/m,
      /^queue_depth\{queue="emails"\} 1$/m,
      /^job_runs_total\{.*result="success".*\} 1$/m,
      /^application_errors_total\{.*route="\/fails".*\} 1$/m,
      /^health_check_status\{check="database"\} 1$/m,
      /^nodejs_gc_duration_seconds_count/m,
    ]) {
      expect(page).toMatch(seen);
    }
    expect(failures).toEqual(['/fails']);
    expect(state()).not.toEqual(before);
    expect(own.left()).not.toEqual([]);

    for (const part of parts) part.dispose();
    await scraped.close();
    expect(state()).toEqual(before);
    // Connections that the calls above have opened close by themselves.
    await expect.poll(activeResources, { timeout: 20_000 }).toEqual(resourcesBefore);
    await expect
      .poll(() => {
        // The histogram of the event loop's delay is freed with its object.
        collectGarbage();
        return own.left();
      }, patiently)
      .toEqual([]);
    // And it goes on as before: unrecorded.
    expect(await (await fetch(`${base}/ok`)).text()).toBe('ok');
    expect(registry.getMetricsAsArray()).toEqual([]);
  });
});
