/**
 * Preloaded with `--import`: every request of the process runs in a span of OpenTelemetry's own SDK, in the trace that its
 * `traceparent` names, as with its instrumentation of node:http.
 */
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { Server } from 'node:http';

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
const tracer = new BasicTracerProvider().getTracer('example');
const emit = Server.prototype.emit;

Server.prototype.emit = function (name, request, ...rest) {
  if (name !== 'request') return emit.call(this, name, request, ...rest);
  const [, traceId, spanId, flags] = /^00-(\w{32})-(\w{16})-(\w\d)$/.exec(request.headers.traceparent ?? '') ?? [];
  const parent =
    traceId === undefined
      ? context.active()
      : trace.setSpanContext(context.active(), { traceId, spanId, traceFlags: Number(flags), isRemote: true });
  const span = tracer.startSpan('request', {}, parent);
  return context.with(trace.setSpan(parent, span), () => emit.call(this, name, request, ...rest));
};
