/** Everything an Express service needs to be watched, in one line. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RecorderOptions } from './from-catalog.ts';
import { type HealthEndpoints, healthEndpoints, type HealthEndpointsOptions } from './health-endpoints.ts';
import { httpMetrics } from './http-metrics.ts';
import { aBoolean, aPath, checkOptions, type OptionRules, recorderRules } from './http-option-checks.ts';
import type { HttpMetricsOptions } from './http-options.ts';
import { hasPath } from './http-path.ts';
import { type MetricsEndpoint, metricsEndpoint, type MetricsEndpointOptions } from './metrics-endpoint.ts';
import { runtimeMetrics } from './runtime-metrics.ts';
import { serviceInfo } from './service-info.ts';

type Own<T> = Omit<T, keyof RecorderOptions>;

export interface ObserveOptions extends RecorderOptions {
  /** Of `httpMetrics()`. */
  readonly http?: Own<HttpMetricsOptions>;
  /** Of `metricsEndpoint()`, and its path, '/metrics' by default; false leaves it out, as with `metricsServer()`. */
  readonly metrics?: (Own<MetricsEndpointOptions> & { readonly path?: string }) | false;
  /** Of `healthEndpoints()`; false leaves them out. */
  readonly health?: Own<HealthEndpointsOptions> | false;
  /** Metrics of the Node process. @default true */
  readonly runtime?: boolean;
}

export interface Observed {
  /** What `healthEndpoints()` gave; undefined with `health: false`. */
  readonly health: HealthEndpoints | undefined;
  /** From now on `/ready` answers 503. Call it first when shutting down. */
  draining(): void;
  /** Stops every timer and takes the metrics off the registry. */
  dispose(): void;
}

type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** An Express app, as far as it is used here. */
export interface ObservableApp {
  use(handler: Middleware): unknown;
}

interface Part {
  dispose(): void;
}

/**
 * Records the requests of an Express 4 or 5 app and the Node process, and answers `/metrics`, `/health` and `/ready`. Call
 * it before anything else is added to the app: what comes first is what is measured.
 * @throws TELLTALE_OPTION, TELLTALE_NO_CLIENT, TELLTALE_METRIC_TAKEN
 * @example
 * const app = express();
 * const observed = observe(app, { health: { checks: { database: () => pool.query('SELECT 1') } } });
 */
export function observe(app: ObservableApp, options: ObserveOptions = {}): Observed {
  checkOptions('use observe()', options, observeRules);
  const { http, metrics, health, runtime = true, ...recorder } = options;
  const parts: Part[] = [];
  const add = <T extends Part>(part: T): T => {
    parts.push(part);
    return part;
  };
  try {
    const { path = '/metrics', ...endpoint } = metrics === false ? {} : (metrics ?? {});
    const middleware = add(httpMetrics({ ...http, ...recorder }));
    const exposition = metrics === false ? undefined : add(metricsEndpoint({ ...endpoint, ...recorder }));
    const checks = health === false ? undefined : add(healthEndpoints({ ...health, ...recorder }));
    if (checks === undefined) add(serviceInfo(recorder));
    if (runtime) add(runtimeMetrics(recorder));
    app.use(middleware);
    if (exposition !== undefined) app.use(at(path, exposition));
    if (checks !== undefined) app.use(checks);
    return { health: checks, draining: () => checks?.draining(), dispose: () => disposeAll(parts) };
  } catch (error) {
    disposeAll(parts);
    throw error;
  }
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

const observeRules: OptionRules = {
  ...recorderRules,
  http: { expects: 'options of httpMetrics()', accepts: isObject },
  metrics: {
    expects: 'options of metricsEndpoint() and a path that starts with "/", or false',
    accepts: (value) =>
      value === false || (isObject(value) && aPath.accepts((value as { path?: unknown }).path ?? '/')),
  },
  health: { expects: 'options of healthEndpoints(), or false', accepts: (value) => value === false || isObject(value) },
  runtime: aBoolean,
};

/** Answers one path. Without a path of its own in Express, as a layer with one would cost every request a little. */
function at(path: string, endpoint: MetricsEndpoint): Middleware {
  return (request, response, next) => {
    if (hasPath(request, path)) endpoint(request, response);
    else next();
  };
}

function disposeAll(parts: Part[]): void {
  for (const part of parts.splice(0)) part.dispose();
}
