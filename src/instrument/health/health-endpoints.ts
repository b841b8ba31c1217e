/** `/health` and `/ready`, as Kubernetes and load balancers probe them. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RecorderOptions } from '../metrics/from-catalog.ts';
import type { CheckDeclaration } from './check.ts';
import { checkRunner, type CheckResult } from './checks.ts';
import { checkHealthOptions, healthDefaults, type HealthPaths, healthPaths } from './options.ts';
import { acquireHealthRecorder, runRegularly } from './recorder.ts';
import { aliveReport, drainingReport, type HealthReport, reportOf, statusCodeOf } from './report.ts';
import { leaveUnrecorded } from '../http/observe.ts';
import { hasPath } from '../http/path.ts';
import { serviceInfo, type ServiceInfoOptions } from '../runtime/service-info.ts';

export interface HealthEndpointsOptions extends RecorderOptions, Pick<ServiceInfoOptions, 'version' | 'commit'> {
  /**
   * What the service needs in order to serve, by name; the names become values of the label `check` and appear in the body
   * of `/ready`. A check passes unless it throws, rejects, returns false, or takes longer than the timeout. Alerts know a
   * PostgreSQL as `database` and a Redis as `redis`.
   * @default none: ready as soon as the process answers
   * @example { database: postgresCheck(pool), redis: { check: redisCheck(redis), critical: false }, disk: () => hasSpace() }
   */
  readonly checks?: Readonly<Record<string, CheckDeclaration>>;
  /** Paths as the endpoints see them, that is below their mount. @default { health: '/health', ready: '/ready' } */
  readonly paths?: Partial<HealthPaths>;
  /** How long a check may take that does not say so itself. Milliseconds. @default 2000 */
  readonly timeoutMillis?: number;
  /** How long a result is served to further probes, so that they cannot stampede a database. Milliseconds. @default 1000 */
  readonly cacheMillis?: number;
  /** How often the checks run by themselves, give or take a tenth. Milliseconds. @default 10000 */
  readonly intervalMillis?: number;
  /**
   * The JSON body of both endpoints. Should it throw, or give nothing, the report itself is sent.
   * @default the report
   */
  readonly body?: (report: HealthReport) => unknown;
}

export interface HealthEndpoints {
  (request: IncomingMessage, response: ServerResponse, next?: () => void): void;
  /**
   * From now on `/ready` answers 503, so that no new traffic comes, and no check runs: `health_check_status` stays as it is.
   * The first thing that `gracefulShutdown()` does.
   */
  draining(): void;
  /** What `/ready` would say. */
  report(): Promise<HealthReport>;
  /** Stops the timer and takes the metrics off the registry. */
  dispose(): void;
}

/**
 * Middleware that answers GET and HEAD of `/health` (200 as long as the process can answer; asks no dependency) and of
 * `/ready` (200 when every critical check passes, else 503; the body names the checks that failed). Neither is recorded by
 * `httpMetrics()`. In Kubernetes, startup and liveness ask `/health`, readiness asks `/ready`: docs/kubernetes.md.
 *
 * Checks run concurrently, at most once per `cacheMillis`, one call of each at a time, and by themselves every 10 s, so that
 * `health_check_status{check}` lives without a probe. Adds `service_info`. Costs one series and one histogram per check.
 * @throws TELLTALE_OPTION, TELLTALE_NO_CLIENT, TELLTALE_METRIC_TAKEN
 * @example
 * const health = healthEndpoints({ checks: { database: postgresCheck(pool) } });
 * app.use(health);
 * gracefulShutdown({ health, servers: [app.listen(3000)], steps: { database: () => pool.end() } });
 */
export function healthEndpoints(options: HealthEndpointsOptions = {}): HealthEndpoints {
  checkHealthOptions(options);
  const {
    checks = {},
    timeoutMillis = healthDefaults.timeoutMillis,
    cacheMillis = healthDefaults.cacheMillis,
    intervalMillis = healthDefaults.intervalMillis,
  } = options;
  const { value: recorder, release } = acquireHealthRecorder(options);
  const info = serviceInfo(options);
  for (const check of Object.keys(checks)) recorder.declare(check);
  const state = { draining: false, disposed: false };
  const onResult = (result: CheckResult): void => {
    // A check that ends late would bring its series back.
    if (!state.disposed) recorder.record(result);
  };
  const { run, stop } = checkRunner({ checks, timeoutMillis, cacheMillis, onResult });
  const stopTimer = runRegularly(run, intervalMillis);
  const report = (): Promise<HealthReport> => (state.draining ? Promise.resolve(drainingReport) : reportOf(run));
  return Object.assign(route(options, report), {
    report,
    draining: () => {
      state.draining = true;
      // Next the service closes its pools: a check that ran then would report a failure that is none.
      stopTimer();
    },
    dispose: () => {
      state.disposed = true;
      stopTimer();
      stop();
      for (const check of Object.keys(checks)) recorder.forget(check);
      info.dispose();
      release();
    },
  });
}

const alive = (): Promise<HealthReport> => Promise.resolve(aliveReport);

type Answer = (request: IncomingMessage, response: ServerResponse, next?: () => void) => void;

function route(options: HealthEndpointsOptions, report: () => Promise<HealthReport>): Answer {
  const { health, ready } = healthPaths(options.paths);
  return (request, response, next) => {
    const asked = hasPath(request, health) ? alive : hasPath(request, ready) ? report : undefined;
    if (asked === undefined || (request.method !== 'GET' && request.method !== 'HEAD')) return pass(response, next);
    leaveUnrecorded(response);
    void asked().then((result) => send(request, response, result, options.body));
  };
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  report: HealthReport,
  body: HealthEndpointsOptions['body'],
): void {
  if (response.headersSent) return;
  const text = Buffer.from(toJson(report, body));
  response.writeHead(statusCodeOf(report), {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': text.length,
    'Cache-Control': 'no-store',
  });
  response.end(request.method === 'HEAD' ? undefined : text);
}

function toJson(report: HealthReport, body: HealthEndpointsOptions['body']): string {
  try {
    // Of what is no JSON, such as nothing at all, it makes no text.
    const text = JSON.stringify(body === undefined ? report : body(report)) as string | undefined;
    if (text !== undefined) return `${text}\n`;
  } catch {
    // The report itself is no secret, and never fails.
  }
  return `${JSON.stringify(report)}\n`;
}

function pass(response: ServerResponse, next: (() => void) | undefined): void {
  if (next !== undefined) return next();
  response.writeHead(404).end();
}
