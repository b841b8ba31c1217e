/** errorMetrics(): an Express error middleware that records and passes on. */
import type { IncomingMessage } from 'node:http';
import { currentTrace } from '../correlation/current-trace.ts';
import { TelltaleError } from '../errors.ts';
import type { RecorderOptions } from './from-catalog.ts';
import { routeOf as expressRouteOf } from '../routes/route-of.ts';
import { acquireErrorRecorder, type ErrorRecorder } from './errors-recorder.ts';
import { errorTypeOf } from './errors-type.ts';
import { processErrorMetrics } from './process-errors.ts';
import { isThenable } from './runtime-promises.ts';

/** What an `onError` hook is told, beside the error. */
export interface ErrorContext<Request extends object> {
  /** The error's code or class. */
  readonly type: string;
  /** Template of the route, never a URL. */
  readonly route: string;
  readonly request: Request;
  /** The trace that the request is part of; undefined without a tracer. */
  readonly traceId: string | undefined;
}

export interface ErrorMetricsOptions<Request extends object = IncomingMessage> extends RecorderOptions {
  /** Also counts uncaught exceptions and unhandled rejections of the process. @default true */
  readonly processErrors?: boolean;
  /**
   * Whether an error is recorded. @default all but those that say they are the client's fault (a `status` or
   * `statusCode` of 4xx, as body-parser's and http-errors' do)
   */
  readonly shouldRecord?: (error: unknown, request: Request) => boolean;
  /** Called with each recorded error, e.g. to hand it to an error-tracking service. What it throws is counted, not passed on. */
  readonly onError?: (error: unknown, context: ErrorContext<Request>) => void | Promise<void>;
  /** The template of the route a request matched. @default the one that httpMetrics() records; 'unmatched' where none matched */
  readonly routeOf?: (request: Request) => string;
}

export interface ErrorMiddleware<Request extends object = IncomingMessage> {
  (error: unknown, request: Request, response: unknown, next: (error?: unknown) => void): void;
  /** Stops counting process errors; the middleware then only passes on. */
  dispose(): void;
}

/**
 * An Express error middleware: counts each error in `application_errors_total` by type and route, and passes it on
 * unchanged. Mount it after the routes and before the handler that answers. Mounted twice, an error counts once.
 * Costs one series per type and route that failed; types are capped at 100, routes at 500.
 * @throws TELLTALE_OPTION when a hook is not a function
 * @example
 * app.use(errorMetrics({ onError: (error, { route }) => tracker.capture(error, { route }) }));
 * app.use(myErrorHandler);
 */
export function errorMetrics<Request extends object = IncomingMessage>(
  options: ErrorMetricsOptions<Request> = {},
): ErrorMiddleware<NoInfer<Request>> {
  validate(options);
  const shared = acquireErrorRecorder(options);
  const processErrors = options.processErrors === false ? null : processErrorMetrics(options);
  let active = true;
  const middleware = (error: unknown, request: Request, _response: unknown, next: (error?: unknown) => void): void => {
    if (active) record(error, request, options, shared.value);
    next(error);
  };
  const dispose = (): void => {
    active = false;
    processErrors?.dispose();
    shared.release();
  };
  return Object.assign(middleware, { dispose });
}

function record<Request extends object>(
  error: unknown,
  request: Request,
  options: ErrorMetricsOptions<Request>,
  recorder: ErrorRecorder,
): void {
  const { shouldRecord = isOurFault, routeOf = expressRouteOf, onError } = options;
  try {
    if (!recorder.isFirst(error, request) || !shouldRecord(error, request)) return;
    const route = routeOf(request);
    recorder.record(error, route, true);
    watchHook(
      onError?.(error, { type: errorTypeOf(error), route, request, traceId: currentTrace()?.traceId }),
      recorder,
    );
  } catch {
    recorder.failed();
  }
}

/** A rejection of an async hook must not become an unhandled one. */
function watchHook(outcome: unknown, recorder: ErrorRecorder): void {
  if (isThenable(outcome)) void Promise.resolve(outcome).catch(() => recorder.failed());
}

function isOurFault(error: unknown): boolean {
  const { status, statusCode } = (error ?? {}) as { readonly status?: unknown; readonly statusCode?: unknown };
  const code = status ?? statusCode;
  return !(typeof code === 'number' && code >= 400 && code < 500);
}

function validate(options: object): void {
  const hooks = options as Readonly<Record<string, unknown>>;
  for (const name of ['shouldRecord', 'onError', 'routeOf']) {
    if (hooks[name] === undefined || typeof hooks[name] === 'function') continue;
    throw new TelltaleError('TELLTALE_OPTION', `Cannot use a ${typeof hooks[name]} as ${name}: must be a function`, {
      fix: 'e.g. errorMetrics({ onError: (error) => console.error(error) })',
    });
  }
}
