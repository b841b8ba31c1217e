/** No alert without a comparison: an expression that returns every series fires for every series. */
import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { childrenOf } from '../promql/analysis.ts';
import type { AlertCheck } from './alert-rule-set.ts';

const comparisons = ['Gtr', 'Gte', 'Lss', 'Lte', 'Eql', 'Neq'] as const;

export const alertComparison: AlertCheck = ({ alerts }) =>
  alerts
    .filter(({ alwaysFires }) => !alwaysFires)
    .flatMap(({ name, branches }) =>
      branches
        .filter(({ expression }) => !decides(parser.parse(expression).topNode, expression))
        .map(({ id, expression }) => ({
          check: 'alert-comparison',
          rule: `${name} (${id})`,
          summary: 'fires for every series that it selects, as it compares nothing',
          details: expression,
        })),
    );

/** Whether what an expression returns has been compared, or is the absence of something. What follows `and` only filters. */
function decides(node: SyntaxNode, text: string): boolean {
  const operands = childrenOf(node);
  switch (node.name) {
    case 'PromQL':
    case 'ParenExpr':
      return operands.some((child) => decides(child, text));
    case 'FunctionCall':
      return text.startsWith('absent', node.from) || firstArgument(node).some((child) => decides(child, text));
    case 'BinaryExpr':
      return binaryDecides(node, operands, text);
    default:
      return false;
  }
}

function binaryDecides(node: SyntaxNode, operands: readonly SyntaxNode[], text: string): boolean {
  if (comparisons.some((name) => node.getChild(name) !== null)) return true;
  const [left, right] = [operands[0], operands.at(-1)];
  const leftDecides = left !== undefined && decides(left, text);
  return node.getChild('Or') === null ? leftDecides : leftDecides && right !== undefined && decides(right, text);
}

/** `label_replace` and the like hand on what they are given. */
function firstArgument(node: SyntaxNode): readonly SyntaxNode[] {
  const body = node.getChild('FunctionCallBody');
  return body === null ? [] : childrenOf(body).slice(0, 1);
}
