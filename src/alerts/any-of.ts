/** Expressions joined by `or`: the branches of an alert, or one `absent()` per service. */
import { type Expression, renderOperand } from '../promql/expression.ts';

/**
 * `(a) or (b)`; a single expression stays as it is.
 * @param joint what stands between two operands, `or` with white space. @default ' or '
 */
export function anyOf<L extends string>(expressions: readonly Expression<L>[], joint = ' or '): Expression<L> {
  const [only, second] = expressions;
  if (only !== undefined && second === undefined) return only;
  return {
    labels: [...new Set(expressions.flatMap(({ labels }) => labels))],
    metrics: [...new Set(expressions.flatMap(({ metrics }) => metrics))],
    atomic: false,
    render: (context) => expressions.map((expression) => renderOperand(expression, context)).join(joint),
  };
}
