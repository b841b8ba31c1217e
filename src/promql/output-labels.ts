/** The labels that the result of an expression carries, as Prometheus' evaluation rules give them. */
import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { childrenOf, groupingLabels, matchersOf, metricOf } from './analysis.ts';

/** The labels of a metric's series; unknown metrics have none. */
export type LabelsOfMetric = (metric: string) => readonly string[];

/** Functions whose result is a number rather than series. */
const scalars = new Set(['time', 'pi', 'scalar']);

/** Functions whose result is one series without labels. */
const labelless = new Set(['vector', 'scalar', 'time', 'pi', 'year', 'month', 'hour', 'minute']);

const grafanaWindows = /\$__(?:rate_interval|interval|range)\b/g;

/**
 * The union of labels over all branches of the expression.
 * Source: https://prometheus.io/docs/prometheus/latest/querying/operators/#vector-matching
 */
export function outputLabels(expression: string, labelsOfMetric: LabelsOfMetric): string[] {
  const text = expression.replace(grafanaWindows, '1m');
  return [...visit(parser.parse(text).topNode, { text, labelsOfMetric })];
}

interface Visit {
  readonly text: string;
  readonly labelsOfMetric: LabelsOfMetric;
}

function visit(node: SyntaxNode, context: Visit): Set<string> {
  switch (node.name) {
    case 'VectorSelector':
      return new Set(context.labelsOfMetric(metricOf(node, context.text)));
    case 'AggregateExpr':
      return aggregated(node, context);
    case 'FunctionCall':
      return called(node, context);
    case 'BinaryExpr':
      return joined(node, context);
    default:
      return union(childrenOf(node).map((child) => visit(child, context)));
  }
}

function aggregated(node: SyntaxNode, context: Visit): Set<string> {
  const body = node.getChild('FunctionCallBody');
  const inner = body === null ? new Set<string>() : visit(body, context);
  const modifier = node.getChild('AggregateModifier');
  const grouping = modifier?.getChild('GroupingLabels') ?? null;
  const operation = slice(node.getChild('AggregateOp'), context.text);
  if (['topk', 'bottomk', 'limitk'].includes(operation)) return inner;
  if (modifier === null || grouping === null) return new Set();
  const named = groupingLabels(grouping, context.text);
  if (modifier.getChild('By') !== null) return new Set(named.filter((label) => inner.has(label)));
  return without(inner, named);
}

function called(node: SyntaxNode, context: Visit): Set<string> {
  const name = slice(node.getChild('FunctionIdentifier'), context.text);
  const body = node.getChild('FunctionCallBody');
  const inner = body === null ? new Set<string>() : visit(body, context);
  if (labelless.has(name)) return new Set();
  if (name.startsWith('absent')) return absentLabels(node, context.text);
  if (name === 'histogram_quantile') return without(inner, ['le']);
  if (name === 'label_replace' || name === 'label_join') return inner.add(stringArguments(node, context.text)[0] ?? '');
  return inner;
}

/** `absent()` has the labels that its selector fixes to one value. */
function absentLabels(node: SyntaxNode, text: string): Set<string> {
  const selectors = descendants(node).filter((part) => part.name === 'VectorSelector');
  const matchers = selectors.flatMap((selector) => matchersOf(selector, text));
  return new Set(
    matchers.filter(({ operator, label }) => operator === '=' && label !== '__name__').map(({ label }) => label),
  );
}

function joined(node: SyntaxNode, context: Visit): Set<string> {
  const operands = childrenOf(node).filter(({ name }) => /Expr$|Selector$|Call$|Literal$/.test(name));
  const [left, right] = operands.map((operand) => visit(operand, context));
  const leftLabels = left ?? new Set<string>();
  const rightLabels = right ?? new Set<string>();
  if (node.getChild('Or') !== null) return union([leftLabels, rightLabels]);
  if (node.getChild('And') !== null || node.getChild('Unless') !== null) return leftLabels;
  if (operands.some((operand) => isScalar(operand, context.text))) return union([leftLabels, rightLabels]);
  return matched(node, { left: leftLabels, right: rightLabels, text: context.text });
}

/** A scalar operand leaves the labels of the other as they are. */
function isScalar(node: SyntaxNode, text: string): boolean {
  if (node.name === 'NumberDurationLiteral') return true;
  return node.name === 'FunctionCall' && scalars.has(slice(node.getChild('FunctionIdentifier'), text));
}

interface Sides {
  readonly left: Set<string>;
  readonly right: Set<string>;
  readonly text: string;
}

function matched(node: SyntaxNode, { left, right, text }: Sides): Set<string> {
  const clause = node.getChild('MatchingModifierClause');
  if (clause === null) return left;
  const groupings = clause.getChildren('GroupingLabels').map((labels) => groupingLabels(labels, text));
  const many = clause.getChild('GroupLeft') === null ? null : left;
  const manySide = clause.getChild('GroupRight') === null ? many : right;
  if (manySide !== null) return union([manySide, new Set(groupings[1] ?? [])]);
  const named = groupings[0] ?? [];
  return clause.getChild('On') === null ? without(left, named) : new Set(named.filter((label) => left.has(label)));
}

function stringArguments(node: SyntaxNode, text: string): string[] {
  const body = node.getChild('FunctionCallBody');
  return (body?.getChildren('StringLiteral') ?? []).map((literal) => text.slice(literal.from + 1, literal.to - 1));
}

function descendants(node: SyntaxNode): SyntaxNode[] {
  return [node, ...childrenOf(node).flatMap(descendants)];
}

function slice(node: SyntaxNode | null, text: string): string {
  return node === null ? '' : text.slice(node.from, node.to);
}

function without(labels: ReadonlySet<string>, names: readonly string[]): Set<string> {
  return new Set([...labels].filter((label) => !names.includes(label)));
}

function union(sets: readonly ReadonlySet<string>[]): Set<string> {
  return new Set(sets.flatMap((set) => [...set]));
}
