/** An Express app that logs its requests with the real pino-http, in spans of the real OpenTelemetry, and is full of secrets. */
import express5, { type ErrorRequestHandler, type Express } from 'express';
import { pinoHttp as newest } from 'pino-http';
import { Registry } from 'prom-client';
import { onTestFinished, vi } from 'vitest';
import { errorMetrics } from '../../src/instrument/errors/errors-middleware.ts';
import { httpMetrics } from '../../src/instrument/http/http-metrics.ts';
import { requestLogOptions, type RequestLogOptions } from '../../src/instrument/logs/request-log.ts';
import { type RequestPlan, type RunningServer, startServer } from './express-server.ts';
import type { Tracing } from './traced-server.ts';

/** Must be in no line. */
export const secret = 's3cr3t';

export type Line = Readonly<Record<string, unknown>>;

/** An error as HTTP clients throw it: with the request that failed. */
export class ClientError extends Error {
  readonly config = { headers: { authorization: `Bearer ${secret}` } };
}

const answer: ErrorRequestHandler = (error: { readonly status?: number }, _request, response, _next) => {
  response.status(error.status ?? 500).json({ error: 'x' });
};

const routes = (app: Express, express: typeof express5): void => {
  const api = express.Router();
  api.use('/closed', (_request, response) => void response.status(401).json({ token: secret }));
  api.get('/users/:id', (_request, response) => {
    response.cookie('session', secret).json({ password: secret });
  });
  api.post('/orders', (_request, response) => void response.status(201).end());
  api.get('/throws/:id', () => {
    throw new ClientError(`cannot use ${secret}`);
  });
  api.get('/late-status', (_request, response) => {
    response.send('sent');
    response.statusCode = 500;
  });
  api.get('/unavailable', (_request, response) => void response.status(503).end());
  api.get('/hangs/:id', () => {});
  api.use('/waits', () => {});
  api.get('/moves-on', (_request, response, next) => {
    response.send('sent');
    next();
  });
  const twice = express.Router();
  twice.get('/hangs', () => {});
  twice.get('/answers', (_request, response) => void response.end());
  for (const mount of ['/first', '/second/:id']) api.use(mount, twice);
  api.get('/streams/:id', (_request, response) => void response.write('begun'));
  app.use('/api/:version', api);
};

export interface Logged extends RunningServer {
  readonly registry: Registry;
  /** As written, one text a line. */
  readonly written: readonly string[];
  /** Parsed, as soon as there are so many. */
  readonly lines: (count: number) => Promise<readonly Line[]>;
}

export interface LoggedAppOptions extends RequestLogOptions {
  readonly express?: typeof express5;
  /** Before httpMetrics(). */
  readonly logFirst?: boolean;
  readonly pinoHttp?: typeof newest;
  readonly more?: (app: Express) => void;
}

export async function startLoggedApp(
  tracing: Tracing,
  { express = express5, logFirst = false, pinoHttp = newest, more, ...options }: LoggedAppOptions = {},
): Promise<Logged> {
  const written: string[] = [];
  const registry = new Registry();
  const stream = { write: (line: string) => void written.push(line) };
  const log = pinoHttp({ base: null, ...requestLogOptions(options) }, stream);
  const metrics = httpMetrics({ registry });
  const app = express();
  for (const each of logFirst ? [log, metrics] : [metrics, log]) app.use(each);
  app.use(express.json());
  more?.(app);
  routes(app, express);
  app.use(errorMetrics({ registry, processErrors: false }));
  app.use(answer);
  const server = await startServer(tracing.traced(app));
  onTestFinished(server.close);
  const lines = async (count: number): Promise<readonly Line[]> => {
    await vi.waitUntil(() => written.length >= count, { timeout: 5_000 });
    return written.map((line) => JSON.parse(line) as Line);
  };
  return { ...server, registry, written, lines };
}

/** A secret wherever a client can put one. */
export const hostile = (path: string, plan: Partial<RequestPlan> = {}): RequestPlan => ({
  ...plan,
  path: `${path}?token=${secret}&access_token=${secret}#${secret}`,
  headers: {
    authorization: `Bearer ${secret}`,
    'proxy-authorization': `Basic ${secret}`,
    cookie: `session=${secret}`,
    referer: `https://ann:${secret}@example.org/?token=${secret}`,
    'x-api-key': secret,
    'x-request-id': secret,
    'x-forwarded-for': secret,
    'user-agent': secret,
    'content-type': 'application/json',
  },
});
