/** The one place where label values meet their declared bounds, so that no caller can grow the number of series. */
import { kitCatalog } from '../../catalog/kit.ts';
import type { LabelSpec } from '../../catalog/labels.ts';
import type { LabelSet, MetricEntry } from '../../catalog/metric.ts';
import type { MetricFactory } from './from-catalog.ts';

/** Label values as plain JavaScript may pass them. */
export type RawLabels = Readonly<Record<string, unknown>>;

/** What a capped label is recorded as once it has reached its cap. */
export const overflow = 'overflow';

export interface LabelBounds {
  /**
   * The labels with each value inside its bounds: a value out of a closed list becomes the label's `otherwise`, a new
   * value past a cap becomes `overflow`. Null when a value has no place at all; then nothing must be recorded.
   * All but `otherwise` are counted in `telltale_label_errors_total`.
   */
  bound<M extends MetricEntry>(entry: M, labels: RawLabels): LabelSet<M> | null;
  /** Makes the metric's error count exist, at 0. */
  declare(entry: MetricEntry): void;
  /** Counts a value, or a callback of the user's, that failed for this metric. Never throws. */
  readonly failed: (entry: MetricEntry) => void;
}

type SeenValues = Map<string, Set<string>>;

/** Bounds of the metrics of one factory; the caps count the distinct values that this object has let through. */
export function labelBounds(factory: MetricFactory): LabelBounds {
  const seen: SeenValues = new Map();
  const count = (entry: MetricEntry, value: number): void => {
    // Looked up each time: whoever disposes of another recorder may have taken the counter off the registry.
    factory.counter(kitCatalog.labelErrors).inc({ metric: entry.name }, value);
  };
  const failed = (entry: MetricEntry): void => {
    try {
      count(entry, 1);
    } catch {
      // Counting an error must not become one.
    }
  };
  return {
    failed,
    declare: (entry) => count(entry, 0),
    bound: <M extends MetricEntry>(entry: M, labels: RawLabels): LabelSet<M> | null => {
      const bounded: Record<string, string> = {};
      for (const [label, spec] of Object.entries(entry.labels)) {
        const value = boundValue(spec, labels[label], seenOf(seen, entry, label));
        if (value === null || value === overflow) failed(entry);
        if (value === null) return null;
        bounded[label] = value;
      }
      return bounded as LabelSet<M>;
    },
  };
}

function boundValue(spec: LabelSpec, raw: unknown, seen: Set<string>): string | null {
  const value = asText(raw);
  if (spec.values !== undefined) {
    return value !== null && spec.values.includes(value) ? value : (spec.otherwise ?? null);
  }
  if (value === null) return null;
  if (seen.has(value)) return value;
  if (seen.size >= spec.cap) return overflow;
  seen.add(value);
  return value;
}

/** Anything else would be recorded as `[object Object]` or `undefined`. */
function asText(raw: unknown): string | null {
  if (typeof raw === 'string') return raw;
  return typeof raw === 'number' || typeof raw === 'boolean' ? String(raw) : null;
}

function seenOf(seen: SeenValues, entry: MetricEntry, label: string): Set<string> {
  const key = `${entry.name} ${label}`;
  const values = seen.get(key) ?? new Set<string>();
  seen.set(key, values);
  return values;
}
