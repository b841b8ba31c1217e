/** Mutants of an expression: each is one mistake somebody could make, and some story must notice it. */
import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { allNodes, childrenOf } from '../../src/promql/analysis.ts';

export interface Mutant {
  /** What was done, and where: `flip > at 112`. */
  readonly what: string;
  readonly expression: string;
}

const opposite: Readonly<Record<string, string>> = {
  Gtr: '<',
  Gte: '<',
  Lss: '>',
  Lte: '>',
  Eql: '!=',
  Neq: '==',
};
const comparisonNames = Object.keys(opposite);

type Mutate = (node: SyntaxNode, text: string) => readonly Mutant[];

/**
 * Mistakes that change no result, and why.
 * - below `0 * ...` only presence matters, and dropping the whole of it is a mutant of its own;
 * - `a{route!="unmatched"} or b{route="unmatched",...}`: what `or` is given twice it keeps once, it only costs more.
 */
function isEquivalent(node: SyntaxNode, text: string, { what }: Mutant): boolean {
  if (what.startsWith('drop route="unmatched"') && isInOr(node)) return true;
  return ancestorsOf(node).some(
    (above) => above.getChild('Mul') !== null && sliceOf(above, text).startsWith('0 * ') && above.from !== node.from,
  );
}

function isInOr(node: SyntaxNode): boolean {
  return ancestorsOf(node).some((above) => above.getChild('Or') !== null);
}

function ancestorsOf(node: SyntaxNode): readonly SyntaxNode[] {
  const above: SyntaxNode[] = [];
  for (let parent = node.parent; parent !== null; parent = parent.parent) above.push(parent);
  return above;
}

/** Every mutant of an expression, in the order of its text. */
export function mutantsOf(expression: string): readonly Mutant[] {
  const nodes = allNodes(parser.parse(expression).topNode);
  const mutants = nodes.flatMap((node) =>
    operators.flatMap((mutate) => mutate(node, expression)).filter((mutant) => !isEquivalent(node, expression, mutant)),
  );
  return mutants.filter(
    ({ expression: text }, index) => mutants.findIndex((other) => other.expression === text) === index,
  );
}

const flipComparison: Mutate = (node, text) => {
  const flipped = opposite[node.name];
  return flipped === undefined || node.parent?.name === 'MatchOp'
    ? []
    : [replaced(node, text, { by: flipped, what: `flip ${sliceOf(node, text)}` })];
};

/** Numbers that something is compared with, and factors of such. */
const scaleNumber: Mutate = (node, text) => {
  const value = Number(sliceOf(node, text));
  const parent = node.parent;
  if (node.name !== 'NumberDurationLiteral' || parent === null || !Number.isFinite(value) || value === 0) return [];
  const compared = comparisonNames.some((name) => parent.getChild(name) !== null);
  const factor = parent.getChild('Mul') !== null && parent.firstChild?.from === node.from;
  if (!compared && !factor) return [];
  return [value * 2, value / 2].map((by) => replaced(node, text, { by: String(by), what: `${value} to ${by}` }));
};

const oppositeMatch: Readonly<Record<string, string>> = { '=': '!=', '!=': '=', '=~': '!~', '!~': '=~' };

const flipMatcher: Mutate = (node, text) => {
  const flipped = oppositeMatch[sliceOf(node, text)];
  if (node.name !== 'MatchOp' || flipped === undefined) return [];
  return [replaced(node, text, { by: flipped, what: `flip ${sliceOf(node.parent ?? node, text)}` })];
};

const dropMatcher: Mutate = (node, text) => {
  if (node.name !== 'LabelMatchers') return [];
  const matchers = childrenOf(node).map((matcher) => sliceOf(matcher, text));
  return matchers.map((matcher, index) =>
    replaced(node, text, { by: `{${matchers.filter((_, at) => at !== index).join(',')}}`, what: `drop ${matcher}` }),
  );
};

const andToOr: Mutate = (node, text) =>
  node.name === 'And' ? [replaced(node, text, { by: 'or', what: 'and to or' })] : [];

/** Of `a and b`, of `a or b` and of a comparison inside arithmetic, only what stands on the left. */
const dropRight: Mutate = (node, text) => {
  if (node.name !== 'BinaryExpr') return [];
  const setOperation = ['And', 'Or'].some((name) => node.getChild(name) !== null);
  const comparison = comparisonNames.some((name) => node.getChild(name) !== null);
  const around = node.parent?.name === 'ParenExpr' ? node.parent.parent : null;
  const filters = comparison && around !== null && around.getChild('Div') !== null;
  const left = node.firstChild;
  if (left === null || (!setOperation && !filters)) return [];
  const what = `drop what follows ${sliceOf(left, text).slice(-30)}`;
  return [replaced(node, text, { by: sliceOf(left, text), what })];
};

const operators: readonly Mutate[] = [flipComparison, scaleNumber, flipMatcher, dropMatcher, andToOr, dropRight];

function replaced(
  node: SyntaxNode,
  text: string,
  { by, what }: { readonly by: string; readonly what: string },
): Mutant {
  return {
    what: `${what} at ${node.from}`,
    expression: text.slice(0, node.from) + by + text.slice(node.to),
  };
}

function sliceOf(node: SyntaxNode, text: string): string {
  return text.slice(node.from, node.to);
}
