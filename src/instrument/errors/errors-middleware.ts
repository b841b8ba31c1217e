/** errorMetrics(): an Express error middleware that records and passes on. */
import type { IncomingMessage } from 'node:http';
import { noteRequestError } from '../../correlation/request-error.ts';
import { traceOfNow } from '../../correlation/trace-of-now.ts';
import { unmatched } from '../../routes/resolved-route.ts';
import { routeOf as expressRouteOf } from '../../routes/route-of.ts';
import { acquireErrorRecorder, type ErrorRecorder } from './recorder.ts';
import { errorTypeOf } from './type.ts';
import type { RecorderOptions } from '../metrics/from-catalog.ts';
import { aBoolean, aFunction, aText, checkOptions, type OptionRules, recorderRules } from '../metrics/option-checks.ts';
import { processErrorMetrics } from './process-errors.ts';
import { isThenable } from '../runtime/promises.ts';
import { runningVersion } from '../runtime/service-info.ts';

/** What an `onError` hook is told, beside the error. */
export interface ErrorContext<Request extends object> {
  /** The error's code or class. */
  readonly type: string;
  /** Template of the route, never a URL. */
  readonly route: string;
  readonly request: Request;
  /** The trace that the request is part of; undefined without a tracer. */
  readonly traceId: string | undefined;
  /** The version of the service that runs; undefined where nobody says. */
  readonly release: string | undefined;
}

export interface ErrorMetricsOptions<Request extends object = IncomingMessage> extends RecorderOptions {
  /** Also counts uncaught exceptions and unhandled rejections of the process. @default true */
  readonly processErrors?: boolean;
  /**
   * Whether an error is recorded. One that it fails on is. @default all but those that say they are the client's fault (a
   * `status` or `statusCode` of 4xx, as body-parser's and http-errors' do)
   */
  readonly shouldRecord?: (error: unknown, request: Request) => boolean;
  /**
   * Called with each recorded error, e.g. to hand it to an error-tracking service. The error is passed on without waiting for
   * it; what it throws is counted in `telltale_label_errors_total`, not passed on.
   */
  readonly onError?: (error: unknown, context: ErrorContext<Request>) => void | Promise<void>;
  /** The template of the route a request matched. @default the one that httpMetrics() records; 'unmatched' where none matched */
  readonly routeOf?: (request: Request) => string;
  /** Told to `onError`. @default the version in `service_info`, else SERVICE_VERSION or npm_package_version */
  readonly release?: string;
}

export interface ErrorMiddleware<Request extends object = IncomingMessage> {
  (error: unknown, request: Request, response: unknown, next: (error?: unknown) => void): void;
  /** Stops counting process errors; the middleware then only passes on. */
  dispose(): void;
}

/**
 * An Express error middleware: counts each error in `application_errors_total` by type and route, and passes it on
 * unchanged, whatever it is. Mount it after the routes and before the handler that answers. Mounted twice, an error counts
 * once. Costs one series per type and route that failed; types are capped at 100, routes at 500. For Sentry: docs/sentry.md.
 * @throws TELLTALE_OPTION, TELLTALE_NO_CLIENT, TELLTALE_METRIC_TAKEN
 * @example
 * app.use(errorMetrics({ onError: (error, { route, release }) => tracker.capture(error, { route, release }) }));
 * app.use(myErrorHandler);
 */
export function errorMetrics<Request extends object = IncomingMessage>(
  options: ErrorMetricsOptions<Request> = {},
): ErrorMiddleware<NoInfer<Request>> {
  checkOptions('use errorMetrics()', options, rules);
  const { registry, naming } = options;
  const recording = { ...(registry && { registry }), ...(naming && { naming }) };
  const shared = acquireErrorRecorder(recording);
  const processErrors = options.processErrors === false ? null : processErrorMetrics(recording);
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

const rules: OptionRules = {
  ...recorderRules,
  processErrors: aBoolean,
  shouldRecord: aFunction,
  onError: aFunction,
  routeOf: aFunction,
  release: aText,
};

function record<Request extends object>(
  error: unknown,
  request: Request,
  options: ErrorMetricsOptions<Request>,
  recorder: ErrorRecorder,
): void {
  const { shouldRecord = isOurFault, routeOf = expressRouteOf, onError } = options;
  try {
    const type = errorTypeOf(error);
    noteRequestError(request, type);
    const isWanted = (): boolean => ask(recorder, () => shouldRecord(error, request), true);
    if (!recorder.isFirst(error, request) || !isWanted()) return;
    const route = ask(recorder, () => asRoute(routeOf(request)), unmatched.template);
    recorder.record(error, route, true);
    if (onError === undefined) return;
    const tell = (): void | Promise<void> => {
      const release = options.release ?? runningVersion(options);
      return onError(error, { type, route, request, traceId: traceOfNow()?.traceId, release });
    };
    void ask(recorder, tell, undefined);
  } catch {
    recorder.failed();
  }
}

/** What a callback of the user's answers. That it throws, or rejects, is counted. */
function ask<T>(recorder: ErrorRecorder, callback: () => T, otherwise: T): T {
  try {
    const answer = callback();
    if (isThenable(answer)) void Promise.resolve(answer).catch(() => recorder.failed());
    return answer;
  } catch {
    recorder.failed();
    return otherwise;
  }
}

function asRoute(named: unknown): string {
  if (typeof named === 'string' && named !== '') return named;
  // Of JavaScript: nobody else would see it fail.
  if (isThenable(named)) void Promise.resolve(named).catch(() => undefined);
  throw new TypeError(`routeOf() must return a text, got ${typeof named}`);
}

function isOurFault(error: unknown): boolean {
  try {
    const { status, statusCode } = (error ?? {}) as { readonly status?: unknown; readonly statusCode?: unknown };
    const code = status ?? statusCode;
    return !(typeof code === 'number' && code >= 400 && code < 500);
  } catch {
    return true;
  }
}
