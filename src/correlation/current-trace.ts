/** Where recorder, logs and tracer meet: the tracer says here how to read the current span; nobody loads its SDK for it. */

export interface CurrentTrace {
  readonly traceId: string;
  readonly spanId: string;
  readonly isSampled: boolean;
}

type TraceReader = () => CurrentTrace | undefined;

interface Meeting {
  read: TraceReader | undefined;
}

const meetingOf = Symbol.for('telltale.current-trace');

/** On globalThis: the tracer may be loaded as ESM by `--import`, the application as CommonJS. */
const meeting: Meeting = ((globalThis as { [meetingOf]?: Meeting })[meetingOf] ??= { read: undefined });

/** Called by the tracer as it starts; with undefined as it stops. */
export function setTraceReader(read: TraceReader | undefined): void {
  meeting.read = read;
}

/** The span that the caller runs in; undefined without one, or without a tracer. */
export function currentTrace(): CurrentTrace | undefined {
  return meeting.read?.();
}
