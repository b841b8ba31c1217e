/** Where recorder, logs and tracer meet: the tracer says here how to read the current span; nobody loads its SDK for it. */

export interface CurrentTrace {
  readonly traceId: string;
  readonly spanId: string;
  readonly isSampled: boolean;
}

/** On globalThis: the tracer may be loaded as ESM by `--import`, the application as CommonJS. */
const reader = Symbol.for('telltale.current-trace');

type TraceReader = () => CurrentTrace | undefined;

/** Called by the tracer as it starts; with undefined as it stops. */
export function setTraceReader(read: TraceReader | undefined): void {
  (globalThis as { [reader]?: TraceReader | undefined })[reader] = read;
}

/** The span that the caller runs in; undefined without one, or without a tracer. */
export function currentTrace(): CurrentTrace | undefined {
  return (globalThis as { [reader]?: TraceReader | undefined })[reader]?.();
}
