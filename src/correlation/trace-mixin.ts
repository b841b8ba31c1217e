/** Trace ids in log lines. */
import { currentTrace } from './current-trace.ts';

export interface TraceFields {
  readonly trace_id?: string;
  readonly span_id?: string;
  /** '01' for a trace that is kept, '00' for one that is not. */
  readonly trace_flags?: string;
}

/**
 * A pino mixin that puts the ids of the current span on every log line; nothing while there is none. Needs a tracer
 * started by `telltale/tracing` or `telltale/register`.
 * @example const log = pino({ mixin: traceMixin() });
 */
export function traceMixin(): () => TraceFields {
  return () => {
    const trace = currentTrace();
    if (trace === undefined) return {};
    return { trace_id: trace.traceId, span_id: trace.spanId, trace_flags: trace.isSampled ? '01' : '00' };
  };
}
