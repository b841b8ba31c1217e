/** Queries of the format `table`: a table per query, with a column per label. */
import type { Field, Frame } from './frames.ts';

export interface Answered {
  readonly refId: string;
  /** One per series; none when nothing was found. */
  readonly frames: readonly Frame[];
}

/** Values are in `Value`, or in `Value #A` when several queries are answered: a query without results counts. */
export function tables(answers: readonly Answered[]): Frame[] {
  if (answers.every(({ frames }) => frames.length === 0)) return [];
  return answers.map((answer) => table(answer, answers.length > 1 ? `Value #${answer.refId}` : 'Value'));
}

function table({ refId, frames }: Answered, valueName: string): Frame {
  const rows = frames.flatMap(rowsOf).toSorted((a, b) => Number(a.time) - Number(b.time));
  const fields: Field[] = [
    { name: 'Time', type: 'time', config: {}, values: rows.map(({ time }) => time) },
    ...labelNames(frames).map((name): Field => ({
      name,
      type: 'string',
      config: { filterable: true },
      values: rows.map(({ labels }) => labels[name] ?? ''),
    })),
    { name: valueName, type: 'number', config: {}, values: rows.map(({ value }) => value) },
  ];
  return { refId, fields, length: rows.length };
}

interface Row {
  readonly time: number | string;
  readonly value: number | string;
  readonly labels: Readonly<Record<string, string>>;
}

function rowsOf({ fields: [times, values] }: Frame): Row[] {
  const labels = values?.labels ?? {};
  return (times?.values ?? []).map((time, row) => ({ time, value: values?.values[row] ?? Number.NaN, labels }));
}

/** In the order in which series bring them, those of one series sorted. */
function labelNames(frames: readonly Frame[]): string[] {
  return [...new Set(frames.flatMap(({ fields }) => Object.keys(fields[1]?.labels ?? {}).toSorted()))];
}
