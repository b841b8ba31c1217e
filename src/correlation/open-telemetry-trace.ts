/** The current span of OpenTelemetry, read where the copies of its API that a process may have loaded meet: none is loaded here. */
import type { CurrentTrace } from './current-trace.ts';

/** What a tracer has registered with the API, as far as it is read. */
interface OpenTelemetryApi {
  readonly context?: { active(): { getValue(key: symbol): OpenTelemetrySpan | undefined } };
}

interface OpenTelemetrySpan {
  spanContext(): { readonly traceId: string; readonly spanId: string; readonly traceFlags: number };
}

/** These two are the same in every release 1.x: a tracer and a library may have different ones. */
const apiKey = Symbol.for('opentelemetry.js.api.1');
const spanKey = Symbol.for('OpenTelemetry Context Key SPAN');

const sampledFlag = 1;
/** Of spans that are none. */
const invalidTraceId = '0'.repeat(32);

/** Undefined without a tracer, and outside of a span. */
export function openTelemetryTrace(): CurrentTrace | undefined {
  const api = (globalThis as { readonly [apiKey]?: OpenTelemetryApi })[apiKey];
  const span = api?.context?.active().getValue(spanKey);
  if (span === undefined) return undefined;
  const { traceId, spanId, traceFlags } = span.spanContext();
  return traceId === invalidTraceId ? undefined : { traceId, spanId, isSampled: (traceFlags & sampledFlag) !== 0 };
}
