/** Frames as uPlot takes them: what cannot be placed on an axis is a gap. */
import { FieldType, type DataFrame, type Field } from '@grafana/data';

export const graphableFrames = (frames: readonly DataFrame[]): DataFrame[] =>
  frames.map((frame) => ({ ...frame, fields: frame.fields.map(graphableField) }));

/** Infinite values would stretch the axis, as a p95 does in the last bucket or a division by zero. */
function graphableField(field: Field): Field {
  if (field.type !== FieldType.number) return field;
  const values = field.values as readonly (number | null)[];
  if (values.every((value) => value === null || Number.isFinite(value))) return field;
  return { ...field, values: values.map((value) => (Number.isFinite(value) ? value : null)) };
}
