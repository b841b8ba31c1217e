/** Fills the variables of queries, titles and links. */
import { builtIn, type QueryTimes } from './built-in-variables.ts';
import type { QueryContext, VariableValue } from './context.ts';
import { readDataReference } from './data-references.ts';
import { formatValue } from './formats.ts';
import { type Reference, replaceReferences } from './variable-syntax.ts';

/** As Grafana's `replaceVariables` is handed them: `ScopedVars` of @grafana/data fits. */
export type ScopedVariables = Readonly<
  Record<string, { readonly value?: unknown; readonly text?: unknown } | undefined>
>;

/** What stands for all values, in addresses and in JSON. */
export const allValues = '$__all';

/**
 * For queries: values are escaped for the double quotes of a matcher, and those of a variable that takes several for a
 * regular expression too. Unknown variables stay as they are.
 */
export function interpolate(text: string, context: QueryContext, times: QueryTimes = {}): string {
  return replaceReferences(text, (reference) => filled(reference, { context, times, format: 'prometheus' }));
}

/** For titles: `All`, `a + b`. */
export function interpolateTitle(text: string, context: QueryContext): string {
  return replaceReferences(text, (reference) => filled(reference, { context, times: {}, format: 'text' }));
}

/** For addresses. Values are encoded as a whole address is; `:percentencode` encodes `&`, `/` and `#` too. */
export function interpolateLink(url: string, context: QueryContext): string {
  return replaceReferences(url, (reference) => filled(reference, { context, times: {}, format: 'uriencode' }));
}

/**
 * For `applyFieldOverrides` of @grafana/data, which hands over `(text, scopedVars, format)`: variables of the field
 * (`${__value.raw}`, see data-references.ts) and scoped ones go before those of the dashboard.
 */
export function interpolateScoped(
  text: string,
  context: QueryContext,
  scoped: ScopedVariables = {},
  format?: unknown,
): string {
  const asked = { context, times: {}, format: typeof format === 'string' ? format : 'glob' };
  return replaceReferences(
    text,
    (reference) => scopedValue(reference, scoped, asked.format) ?? filled(reference, asked),
  );
}

interface Asked {
  readonly context: QueryContext;
  readonly times: QueryTimes;
  /** When the text names none. */
  readonly format: string;
}

function filled(reference: Reference, { context, times, format }: Asked): string | undefined {
  const variable = context.variables.get(reference.name);
  if (variable === undefined) return builtIn(reference, context, times);
  if (reference.path !== undefined) return undefined;
  return formatVariable(variable, reference.format ?? format);
}

function scopedValue(reference: Reference, scoped: ScopedVariables, format: string): string | undefined {
  const { name, path } = reference;
  const value = readDataReference(reference, scoped['__dataContext']?.value) ?? plainValue(scoped[name]?.value, path);
  if (value === undefined) return undefined;
  return formatValue(reference.format ?? format, { name, values: [value], list: false });
}

function plainValue(value: unknown, path: string | undefined): string | undefined {
  const simple = typeof value === 'string' || typeof value === 'number';
  return simple && path === undefined ? String(value) : undefined;
}

function formatVariable(variable: VariableValue, format: string): string {
  const { name, values, multi } = variable;
  if (values.includes(allValues)) return formatAll(variable, format);
  return formatValue(format, { name, values, list: multi });
}

function formatAll({ name, options, allValue = '' }: VariableValue, format: string): string {
  if (format === 'text') return 'All';
  if (format === 'queryparam') return formatValue(format, { name, values: [allValues], list: false });
  if (allValue === '') return formatValue(format, { name, values: options, list: true });
  // It is a piece of query, so it is only ever encoded.
  return encodings.has(format) ? formatValue(format, { name, values: [allValue], list: false }) : allValue;
}

const encodings: ReadonlySet<string> = new Set(['percentencode', 'uriencode']);
