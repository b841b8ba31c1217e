/** What the page and its workers say to each other. Between processes that is JSON, which has no NaN and no infinity. */

export interface MetricJson {
  readonly name: string;
  readonly type: string;
  readonly aggregator?: string;
  readonly values: readonly object[];
}

export interface MetricsRequest {
  readonly type: 'telltale:metrics-request';
  readonly id: string;
}

export interface MetricsAnswer {
  readonly type: 'telltale:metrics-answer';
  readonly id: string;
  /** Packed; missing when the worker could not collect them. */
  readonly metrics?: string;
}

/** What a worker says of its own accord when it ends. */
export interface LastMetrics {
  readonly type: 'telltale:metrics-last';
  /** Packed. */
  readonly metrics: string;
}

export function isRequest(message: unknown): message is MetricsRequest {
  return typeOf(message) === 'telltale:metrics-request';
}

export function isAnswer(message: unknown, id: string): message is MetricsAnswer {
  return typeOf(message) === 'telltale:metrics-answer' && (message as MetricsAnswer).id === id;
}

export function isLast(message: unknown): message is LastMetrics {
  return typeOf(message) === 'telltale:metrics-last';
}

export function packMetrics(metrics: readonly unknown[]): string {
  return JSON.stringify(metrics, (_, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? { notFinite: String(value) } : value,
  );
}

export function unpackMetrics(packed: string): readonly MetricJson[] {
  return JSON.parse(packed, revive) as readonly MetricJson[];
}

export function typeOf(message: unknown): unknown {
  return typeof message === 'object' && message !== null ? (message as { type?: unknown }).type : undefined;
}

function revive(_key: string, value: unknown): unknown {
  const text = typeof value === 'object' && value !== null && 'notFinite' in value ? value.notFinite : undefined;
  return typeof text === 'string' ? Number(text) : value;
}
