/** A label that tells branches apart: which datastore, which activity. */
import { quote } from '../promql/escape.ts';
import type { Expression } from '../promql/expression.ts';
import { renderLabel } from '../promql/render-context.ts';

/** The same series, each with one more label of a fixed value. */
export function withLabel<L extends string, const N extends string>(
  operand: Expression<L>,
  label: N,
  value: string,
): Expression<L | N> {
  return {
    labels: [...operand.labels, label],
    metrics: operand.metrics,
    atomic: true,
    render: (context) =>
      `label_replace(${operand.render(context)}, ${quote(renderLabel(label, [], context))}, ${quote(asReplacement(value))}, "", "")`,
  };
}

/** `$` refers to a group of the regular expression. */
export function asReplacement(value: string): string {
  return value.replaceAll('$', '$$$$');
}
