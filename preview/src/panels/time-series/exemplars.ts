/** Exemplars as they are in the frames of a query. */
import { FieldType, type DataFrame } from '@grafana/data';

export interface Exemplar {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly value: number;
  readonly traceId: string | undefined;
  readonly labels: readonly (readonly [name: string, value: string])[];
}

/** Names that tracers give to the id of a trace. */
const traceIdLabels = new Set(['trace_id', 'traceID', 'traceId']);

/** Each once: queries for several quantiles of one histogram return the same ones. */
export function exemplarsOf(frames: readonly DataFrame[]): Exemplar[] {
  const all = frames.flatMap(exemplarsOfFrame);
  return [...new Map(all.map((exemplar) => [JSON.stringify(exemplar), exemplar])).values()];
}

function exemplarsOfFrame(frame: DataFrame): Exemplar[] {
  const times = frame.fields.find(({ type }) => type === FieldType.time);
  const values = frame.fields.find(({ type }) => type === FieldType.number);
  const labels = frame.fields.filter(({ type }) => type === FieldType.string);
  if (times === undefined || values === undefined) return [];
  return Array.from({ length: frame.length }, (_, row) => {
    const ofRow = labels
      .map((field) => [field.name, String(field.values[row] ?? '')] as const)
      .filter(([, value]) => value !== '');
    return {
      time: Number(times.values[row]),
      value: Number(values.values[row]),
      traceId: ofRow.find(([name]) => traceIdLabels.has(name))?.[1],
      labels: ofRow,
    };
  });
}
