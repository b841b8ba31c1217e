/** The current span for whoever is not in a hurry: logs and errors. A look at OpenTelemetry's takes longer than a request has. */
import { type CurrentTrace, currentTrace } from './current-trace.ts';
import { openTelemetryTrace } from './open-telemetry-trace.ts';

/** Of the tracer that has said so itself, else of OpenTelemetry's. A tracer that fails costs the ids, and nothing more. */
export function traceOfNow(): CurrentTrace | undefined {
  try {
    return currentTrace() ?? openTelemetryTrace();
  } catch {
    return undefined;
  }
}
