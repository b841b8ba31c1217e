/** What the log says of a request: by name, so that nothing else can get into it. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { httpMethod } from '../../catalog/labels.ts';
import type { CurrentTrace } from '../../correlation/current-trace.ts';
import { errorOfRequest } from '../../correlation/request-error.ts';
import { type TraceFields, traceFields } from '../../correlation/trace-mixin.ts';
import { unmatched } from '../../routes/resolved-route.ts';
import { errorTypeOf } from '../errors/type.ts';
import { abortedPhase, statusSent } from './request-log-outcome.ts';
import { isThenable } from '../runtime/promises.ts';

/** A line, before pino adds its own fields; `fields` of the user's come first. */
export interface RequestLine extends TraceFields {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly duration_ms: number;
  readonly aborted?: 'before_headers' | 'mid_stream';
  readonly error_type?: string;
  readonly fields_error?: string;
}

/** What is known of a request as it arrives: its end comes outside of its context. */
export interface RequestStart {
  readonly millis: number;
  readonly trace: CurrentTrace | undefined;
}

export interface EndedRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** What pino-http makes of it; for a 5xx without an error one of its own. */
  readonly error: Error | undefined;
  readonly start: RequestStart;
  readonly routeOf: (request: object) => string;
  readonly fields: ((request: object, response: ServerResponse) => object) | undefined;
}

/** Never throws: it runs in a listener, where an exception would end the process. */
export function requestLine({ request, response, error, start, routeOf, fields }: EndedRequest): RequestLine {
  const aborted = abortedPhase(response);
  const errorType = errorOfRequest(request) ?? typeOf(error);
  return {
    ...(fields && fieldsOf(() => fields(request, response))),
    method: methodOf(request),
    route: routeName(() => routeOf(request)),
    status: statusSent(response),
    duration_ms: Math.round((performance.now() - start.millis) * 1_000) / 1_000,
    ...(aborted && { aborted }),
    ...(errorType !== undefined && { error_type: errorType }),
    ...traceFields(start.trace),
  };
}

/** A plain one is pino-http's own word for a 5xx, and says nothing. */
function typeOf(error: Error | undefined): string | undefined {
  const type = error && errorTypeOf(error);
  return type === 'Error' ? undefined : type;
}

/** Over HTTP/2 a client may send any text as its method. */
function methodOf({ method = '' }: IncomingMessage): string {
  return (httpMethod.values as readonly string[]).includes(method) ? method : httpMethod.otherwise;
}

function routeName(ask: () => unknown): string {
  try {
    const name = ask();
    return typeof name === 'string' ? name : unmatched.template;
  } catch {
    return unmatched.template;
  }
}

function fieldsOf(ask: () => object): object {
  try {
    const fields: unknown = ask();
    if (!isThenable(fields)) return { ...(fields as object) };
    // Of JavaScript: it comes too late, and nobody else would see it fail.
    void Promise.resolve(fields).catch(() => undefined);
    return { fields_error: 'Promise' };
  } catch (error) {
    return { fields_error: errorTypeOf(error) };
  }
}
