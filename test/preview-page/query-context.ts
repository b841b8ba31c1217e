/** A context to ask with: fifteen minutes, one variable of each kind. */
import type { QueryContext, VariableValue } from '../../preview/src/query/context.ts';

export function contextOf(
  values: Readonly<Record<string, readonly string[]>>,
  more: Partial<QueryContext> = {},
): QueryContext {
  return {
    from: Date.UTC(2026, 0, 2, 3, 0, 0),
    to: Date.UTC(2026, 0, 2, 3, 15, 0),
    rawFrom: 'now-15m',
    rawTo: 'now',
    scrapeIntervalSeconds: 15,
    variables: variablesOf(Object.entries(values).map(([name, chosen]) => several(name, chosen))),
    ...more,
  };
}

export function variablesOf(variables: readonly VariableValue[]): ReadonlyMap<string, VariableValue> {
  return new Map(variables.map((variable) => [variable.name, variable]));
}

export const several = (name: string, values: readonly string[]): VariableValue => ({
  name,
  values,
  allValue: '.+',
  options: values,
  multi: true,
});

export const single = (name: string, value: string): VariableValue => ({
  name,
  values: [value],
  options: [value],
  multi: false,
});
