/** requestLogOptions(): pino-http that writes one line per request, of what is known to be no secret. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type TraceFields, traceMixin } from '../../correlation/trace-mixin.ts';
import { traceOfNow } from '../../correlation/trace-of-now.ts';
import { pathnameOf, type RequestLike } from '../../routes/express-shapes.ts';
import { routeOf as expressRouteOf } from '../../routes/route-of.ts';
import { aFunction, aPath, checkOptions, type OptionRules } from '../metrics/option-checks.ts';
import { errorLine, type LoggedError } from './request-log-error.ts';
import { type RequestLine, requestLine, type RequestStart } from './request-log-line.ts';
import { statusSent } from './request-log-outcome.ts';

export interface RequestLogOptions<Request extends object = IncomingMessage> {
  /**
   * Paths whose requests are only logged when they fail, with a status of 400 or more: probes and scrapes would be most of a
   * log. @default ['/metrics', '/health', '/ready']
   */
  readonly quietPaths?: readonly string[];
  /**
   * More for the line of a request, at its end; no field of the kit's is replaced by it. What it fails on is in the line as
   * `fields_error`. @default none
   * @example (request) => ({ user_id: request.user?.id })
   */
  readonly fields?: (request: Request, response: ServerResponse) => Readonly<Record<string, unknown>>;
  /** The template of the route a request matched. @default the one that httpMetrics() records; 'unmatched' where none matched */
  readonly routeOf?: (request: Request) => string;
}

/** Options of pino-http 8 to 11; spread more of your own beside them. */
export interface PinoHttpOptions {
  readonly wrapSerializers: false;
  readonly serializers: {
    readonly req: () => undefined;
    readonly res: () => undefined;
    readonly err: (error: unknown) => LoggedError;
  };
  readonly quietReqLogger: true;
  readonly quietResLogger: true;
  readonly customAttributeKeys: { readonly reqId: 'request_id' };
  readonly mixin: () => TraceFields;
  readonly customProps: (request: IncomingMessage, response: ServerResponse) => object;
  readonly customLogLevel: (request: IncomingMessage, response: ServerResponse) => 'info' | 'error' | 'silent';
  readonly customSuccessObject: (request: IncomingMessage, response: ServerResponse) => RequestLine;
  readonly customErrorObject: (request: IncomingMessage, response: ServerResponse, error: Error) => RequestLine;
  readonly customSuccessMessage: () => string;
  readonly customErrorMessage: () => string;
}

export const requestLogDefaults = { quietPaths: ['/metrics', '/health', '/ready'] } as const;

/**
 * Options for pino-http that make it write one JSON line per request: `method`, `route` (the template, as in the metrics),
 * `status` (as sent; 499 where the client went away before any answer), `duration_ms`, `aborted` (`before_headers` or
 * `mid_stream`), `error_type` where `errorMetrics()` has seen an error, `trace_id`, `span_id` and `trace_flags` of the span it
 * arrived in, and pino's own. Nothing else of request or response is written: no URL, header, cookie, parameter or address,
 * so there is nothing to redact. 5xx are logged as errors, everything else as info.
 *
 * Lines of `request.log` have the trace's ids and the `request_id` of the request's line; `req` and `res` that are logged
 * there are left out, and of an `err` its type, message and stack are written.
 *
 * pino and pino-http are yours to install; nothing of them is loaded here. With a `logger` of your own, give that one
 * `mixin: traceMixin()`.
 * @throws TELLTALE_OPTION
 * @example
 * app.use(httpMetrics());
 * app.use(pinoHttp({ logger, ...requestLogOptions() }));
 */
export function requestLogOptions<Request extends object = IncomingMessage>(
  options: RequestLogOptions<Request> = {},
): PinoHttpOptions {
  checkOptions('use requestLogOptions()', options, rules);
  const { quietPaths = requestLogDefaults.quietPaths, fields, routeOf = expressRouteOf } = options;
  const quiet = new Set(quietPaths);
  const starts = new WeakMap<ServerResponse, RequestStart>();
  const lineOf = (request: IncomingMessage, response: ServerResponse, error?: Error): RequestLine =>
    requestLine({
      request,
      response,
      error,
      start: starts.get(response) ?? { millis: performance.now(), trace: traceOfNow() },
      routeOf: routeOf as (request: object) => string,
      fields: fields as ((request: object, response: ServerResponse) => object) | undefined,
    });
  return {
    wrapSerializers: false,
    serializers: { req: () => undefined, res: () => undefined, err: errorLine },
    quietReqLogger: true,
    quietResLogger: true,
    customAttributeKeys: { reqId: 'request_id' },
    mixin: traceMixin(),
    // Asked as a request arrives, and once more at its end.
    customProps: (_request, response) => {
      if (!starts.has(response)) starts.set(response, { millis: performance.now(), trace: traceOfNow() });
      return {};
    },
    customLogLevel: (request, response) => {
      const status = statusSent(response);
      if (status < 400 && quiet.has(pathOf(request))) return 'silent';
      return status >= 500 ? 'error' : 'info';
    },
    customSuccessObject: (request, response) => lineOf(request, response),
    customErrorObject: lineOf,
    customSuccessMessage: () => 'request',
    customErrorMessage: () => 'request',
  };
}

const rules: OptionRules = {
  quietPaths: {
    expects: 'a list of paths that start with "/"',
    accepts: (value) => Array.isArray(value) && value.every(aPath.accepts),
  },
  fields: aFunction,
  routeOf: aFunction,
};

/** As it came: a sub-app has its own `url`. */
function pathOf(request: IncomingMessage): string {
  const { originalUrl, url = '/' } = request as RequestLike;
  return pathnameOf(originalUrl ?? url);
}
