/**
 * What the links of a field say of its data: `${__value.raw}`, `${__field.labels.x}`, `${__data.fields["x"]}`,
 * `${__series.name}`. They are read from `__dataContext`, which `applyFieldOverrides` of @grafana/data puts into the
 * scoped variables of a link.
 * Source: https://grafana.com/docs/grafana/latest/panels-visualizations/configure-data-links/#data-link-variables
 */
import type { Reference } from './variable-syntax.ts';

interface Shown {
  readonly text: string;
  readonly numeric: number;
  readonly prefix?: string;
  readonly suffix?: string;
}

/** As much of a field of @grafana/data as is read. */
interface DataField {
  readonly name: string;
  readonly type: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly config: { readonly displayName?: string; readonly displayNameFromDS?: string };
  readonly state?: { readonly displayName?: string | null } | null;
  readonly values: readonly unknown[];
  readonly display?: (value: unknown) => Shown;
}

interface DataContext {
  readonly frame: { readonly name?: string; readonly refId?: string; readonly fields: readonly DataField[] };
  readonly field: DataField;
  /** Missing when the value was calculated from several. */
  readonly rowIndex?: number;
  readonly calculatedValue?: Shown;
}

type Read = (path: string, context: DataContext) => unknown;

const readers: ReadonlyMap<string, Read> = new Map<string, Read>([
  ['__value', readValue],
  ['__field', readField],
  ['__data', readRow],
  ['__series', (path, { frame }) => (path === 'name' ? seriesNameOf(frame) : undefined)],
]);

/** @param dataContext value of the scoped variable `__dataContext` @returns undefined when there is nothing to say */
export function readDataReference({ name, path = '' }: Reference, dataContext: unknown): string | undefined {
  const read = readers.get(name);
  if (read === undefined || !isDataContext(dataContext)) return undefined;
  const value = read(path, dataContext);
  return value === undefined ? undefined : asText(value);
}

function readValue(path: string, { frame, field, rowIndex, calculatedValue }: DataContext): unknown {
  if (rowIndex === undefined) {
    if (calculatedValue === undefined) return undefined;
    return path === 'raw' || path === 'numeric' ? calculatedValue.numeric : textOf(calculatedValue);
  }
  if (path === 'time') return frame.fields.find(({ type }) => type === 'time')?.values[rowIndex];
  return readCell(path, field, rowIndex);
}

function readField(path: string, { field }: DataContext): unknown {
  if (path === 'name' || path === 'displayName' || path === '') return nameOf(field);
  const label = keyAfter('labels', path);
  if (label !== undefined) return field.labels?.[label] ?? '';
  if (path !== 'labels') return undefined;
  return Object.entries(field.labels ?? {})
    .map(([name, value]) => `${name}="${value}"`)
    .join(', ');
}

function readRow(path: string, { frame, rowIndex }: DataContext): unknown {
  if (path === 'name') return frame.name;
  if (path === 'refId') return frame.refId;
  const [, dotted = path, part = ''] = /^(fields(?:\[.*\]|\.[^.]+))(?:\.(text|numeric|raw))?$/.exec(path) ?? [];
  const key = keyAfter('fields', dotted);
  if (key === undefined || rowIndex === undefined) return undefined;
  const field = frame.fields.find((field) => nameOf(field) === key || field.name === key) ?? frame.fields[Number(key)];
  return field === undefined ? undefined : readCell(part, field, rowIndex);
}

function readCell(path: string, field: DataField, row: number): unknown {
  const value = field.values[row];
  if (path === 'raw' || field.display === undefined) return value ?? '';
  const shown = field.display(value);
  return path === 'numeric' ? shown.numeric : textOf(shown);
}

/** `x` of `labels.x`, `labels["x"]`, `labels['x']` and `labels[x]`. */
function keyAfter(object: string, path: string): string | undefined {
  if (!path.startsWith(object)) return undefined;
  const rest = path.slice(object.length);
  return /^\.(.+)$/.exec(rest)?.[1] ?? /^\[(["']?)(.+)\1\]$/.exec(rest)?.[2];
}

const asText = (value: unknown): string =>
  typeof value === 'object' ? JSON.stringify(value) : `${value as string | number | boolean}`;

const textOf = ({ prefix = '', text, suffix = '' }: Shown): string => `${prefix}${text}${suffix}`;

/** Not by the display name, which may be what is being made of it: `displayName: '${__series.name}'`. */
function seriesNameOf({ name, fields }: DataContext['frame']): string {
  const values = fields.filter(({ type }) => type !== 'time');
  return name ?? values.map((field) => field.config.displayNameFromDS ?? nameOf(field)).join(', ');
}

const nameOf = ({ name, config, state }: DataField): string =>
  state?.displayName ?? config.displayName ?? config.displayNameFromDS ?? name;

function isDataContext(value: unknown): value is DataContext {
  return typeof value === 'object' && value !== null && 'frame' in value && 'field' in value;
}
