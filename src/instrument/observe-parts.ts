/** What `observe()` and `fastifyMetrics()` start, whatever then leads requests to it. */
import type { RecorderOptions } from './metrics/from-catalog.ts';
import { type HealthEndpoints, healthEndpoints, type HealthEndpointsOptions } from './health/health-endpoints.ts';
import { aBoolean, aPath, checkOptions, type OptionRules, recorderRules } from './metrics/option-checks.ts';
import type { HttpMetricsOptions } from './http/options.ts';
import { type MetricsEndpoint, metricsEndpoint, type MetricsEndpointOptions } from './exposition/metrics-endpoint.ts';
import { runtimeMetrics } from './runtime/runtime-metrics.ts';
import { serviceInfo } from './runtime/service-info.ts';

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

interface Part {
  dispose(): void;
}

export interface Parts<Http> {
  readonly http: Http;
  /** Undefined with `metrics: false`. */
  readonly exposition: { readonly endpoint: MetricsEndpoint; readonly path: string } | undefined;
  /** Undefined with `health: false`. */
  readonly health: HealthEndpoints | undefined;
}

export interface PartsPlan<Http extends Part> {
  /** What cannot be done with wrong options, e.g. `use observe()`. */
  readonly action: string;
  readonly options: ObserveOptions;
  readonly startHttp: (options: HttpMetricsOptions) => Http;
  /** Leads requests to what was started. */
  readonly attach: (parts: Parts<Http>) => void;
}

/**
 * Starts everything, or nothing.
 * @throws TELLTALE_OPTION, TELLTALE_NO_CLIENT, TELLTALE_METRIC_TAKEN
 */
export function startParts<Http extends Part>({ action, options, startHttp, attach }: PartsPlan<Http>): Observed {
  checkOptions(action, options, observeRules);
  const { http, metrics, health, runtime = true, ...recorder } = options;
  const started: Part[] = [];
  const add = <T extends Part>(part: T): T => {
    started.push(part);
    return part;
  };
  try {
    const { path = '/metrics', ...endpoint } = metrics === false ? {} : (metrics ?? {});
    const recording = add(startHttp({ ...http, ...recorder }));
    const exposition = metrics === false ? undefined : add(metricsEndpoint({ ...endpoint, ...recorder }));
    const checks = health === false ? undefined : add(healthEndpoints({ ...health, ...recorder }));
    if (checks === undefined) add(serviceInfo(recorder));
    if (runtime) add(runtimeMetrics(recorder));
    attach({ http: recording, exposition: exposition && { endpoint: exposition, path }, health: checks });
    return { health: checks, draining: () => checks?.draining(), dispose: () => disposeAll(started) };
  } catch (error) {
    disposeAll(started);
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

function disposeAll(parts: Part[]): void {
  for (const part of parts.splice(0)) part.dispose();
}
