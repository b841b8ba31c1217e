/** A server whose requests run in spans of OpenTelemetry's own SDK, as its instrumentation of node:http makes them. */
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { AlwaysOnSampler, BasicTracerProvider, type Sampler } from '@opentelemetry/sdk-trace-base';
import type { RequestListener } from 'node:http';

export interface Tracing {
  /** Runs each request in a span, and keeps the spans' ids. */
  readonly traced: (listener: RequestListener) => RequestListener;
  /** Of the requests so far, in order. */
  readonly spans: readonly { readonly trace_id: string; readonly span_id: string; readonly trace_flags: string }[];
  readonly stop: () => void;
}

export function startTracing(sampler: Sampler = new AlwaysOnSampler()): Tracing {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const tracer = new BasicTracerProvider({ sampler }).getTracer('test');
  const spans: { trace_id: string; span_id: string; trace_flags: string }[] = [];
  return {
    spans,
    traced: (listener) => (request, response) => {
      const span = tracer.startSpan('request');
      const { traceId, spanId, traceFlags } = span.spanContext();
      spans.push({ trace_id: traceId, span_id: spanId, trace_flags: `0${traceFlags}` });
      response.on('close', () => span.end());
      context.with(trace.setSpan(context.active(), span), () => listener(request, response));
    },
    stop: () => context.disable(),
  };
}
