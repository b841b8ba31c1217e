/** What a PromQL text consists of, by the parser that Prometheus' own page uses. */
import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';

export interface LabelMatcher {
  readonly label: string;
  readonly operator: string;
  readonly value: string;
}

export interface SelectorUse {
  /** Empty for a selector without a name. */
  readonly metric: string;
  readonly matchers: readonly LabelMatcher[];
  /** Range of the selector (`5m`, `$__rate_interval`), if it has one. */
  readonly range: string | undefined;
  /** The text from its first character to its matchers. */
  readonly text: string;
  /** The functions around it, innermost first. */
  readonly functions: readonly string[];
}

export interface GroupingUse {
  readonly modifier: 'by' | 'without' | 'on' | 'ignoring' | 'group_left' | 'group_right';
  readonly labels: readonly string[];
  /** Metrics of the expression that the grouping applies to. */
  readonly metrics: readonly string[];
}

export interface Analysis {
  /** Where the text does not parse, with what stands there. */
  readonly syntaxErrors: readonly string[];
  readonly selectors: readonly SelectorUse[];
  readonly groupings: readonly GroupingUse[];
  /** Names of functions and aggregations. */
  readonly functions: readonly string[];
}

/** A Grafana window in the place of a duration, which the parser does not know, and its stand-in of the same length. */
const grafanaWindows = /\$__(?:rate_interval|interval|range)\b/g;

export function analyse(expression: string): Analysis {
  const text = expression.replace(grafanaWindows, (window) => `${'0'.repeat(window.length - 2)}1m`);
  const nodes = allNodes(parser.parse(text).topNode);
  return {
    syntaxErrors: nodes
      .filter((node) => node.type.isError)
      .map((node) => expression.slice(Math.max(0, node.from - 15), node.to + 15)),
    selectors: nodes
      .filter((node) => node.name === 'VectorSelector')
      .map((node) => selectorUse(node, text, expression)),
    groupings: nodes.filter((node) => node.name === 'GroupingLabels').map((node) => groupingUse(node, text)),
    functions: nodes
      .filter((node) => node.name === 'FunctionIdentifier' || node.name === 'AggregateOp')
      .map((node) => text.slice(node.from, node.to)),
  };
}

/** Every node below and including this one, in the order of the text. */
export function allNodes(root: SyntaxNode): SyntaxNode[] {
  return [root, ...childrenOf(root).flatMap(allNodes)];
}

export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child);
  return children;
}

/** The name of the metric that a VectorSelector selects. */
export function metricOf(selector: SyntaxNode, text: string): string {
  const identifier = selector.getChild('Identifier');
  return identifier === null ? '' : text.slice(identifier.from, identifier.to);
}

/** The labels of a GroupingLabels node. */
export function groupingLabels(node: SyntaxNode, text: string): string[] {
  return childrenOf(node)
    .filter((child) => child.name === 'LabelName' || child.name === 'QuotedLabelName')
    .map((child) => unquote(text.slice(child.from, child.to)));
}

function selectorUse(node: SyntaxNode, text: string, expression: string): SelectorUse {
  const range = node.parent?.name === 'MatrixSelector' ? node.parent.getChild('DurationExpr') : null;
  return {
    metric: metricOf(node, text),
    matchers: matchersOf(node, text),
    range: range === null ? undefined : expression.slice(range.from, range.to),
    text: expression.slice(node.from, node.to),
    functions: ancestors(node)
      .filter((ancestor) => ancestor.name === 'FunctionCall' || ancestor.name === 'AggregateExpr')
      .map((ancestor) => text.slice(ancestor.from, ancestor.firstChild?.to ?? ancestor.from)),
  };
}

/** Label matchers of a VectorSelector. */
export function matchersOf(selector: SyntaxNode, text: string): LabelMatcher[] {
  return childrenOf(selector)
    .filter((child) => child.name === 'LabelMatchers')
    .flatMap(childrenOf)
    .flatMap((matcher) => {
      const [label, operator, value] = childrenOf(matcher).map((part) => text.slice(part.from, part.to));
      if (label === undefined || operator === undefined || value === undefined) return [];
      return [{ label: unquote(label), operator, value: unquote(value) }];
    });
}

function groupingUse(node: SyntaxNode, text: string): GroupingUse {
  const keyword = node.prevSibling;
  const modifier = keyword === null ? 'by' : text.slice(keyword.from, keyword.to).toLowerCase();
  const owner = node.parent?.parent ?? node;
  return {
    modifier: modifier as GroupingUse['modifier'],
    labels: groupingLabels(node, text),
    metrics: allNodes(owner)
      .filter((part) => part.name === 'VectorSelector')
      .map((part) => metricOf(part, text)),
  };
}

function ancestors(node: SyntaxNode): SyntaxNode[] {
  const above: SyntaxNode[] = [];
  for (let parent = node.parent; parent !== null; parent = parent.parent) above.push(parent);
  return above;
}

function unquote(text: string): string {
  if (text.startsWith('"')) return JSON.parse(text) as string;
  return text.startsWith("'") || text.startsWith('`') ? text.slice(1, -1) : text;
}
