import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { describe, expect, it } from 'vitest';
import { namedNamings, type Naming } from '../../src/catalog/naming.ts';
import { packOf } from '../../src/generate.ts';
import { metricsOf } from '../../src/model/sources.ts';
import { allNodes, childrenOf } from '../../src/promql/analysis.ts';
import { knownSeries } from '../../src/promql/catalog-check.ts';
import { outputLabels } from '../../src/promql/output-labels.ts';

const own: Naming = { http_request_duration_seconds: { labels: { route: 'handler', method: 'verb' } } };
const namings: readonly (readonly [string, Naming])[] = [
  ...namedNamings.map((naming) => [naming, naming as Naming] as const),
  ['names of the user', own],
];

describe.each(namings)('naming %s', (_, naming) => {
  it('calls labels the same on both sides of every operation that pairs series by all of them', () => {
    const pack = packOf({ naming });
    const known = knownSeries(metricsOf(pack.model), pack.rules);
    const labelsOf = (text: string): string =>
      outputLabels(text, (metric) => known.get(metric)?.labels ?? [])
        .toSorted()
        .join(', ');
    const pairs = expressionsOf(pack).flatMap(pairings);
    expect(pairs.length).toBeGreaterThan(50);
    const apart = pairs.filter((sides) => new Set(sides.flatMap(alternatives).map(labelsOf)).size > 1);
    expect(apart).toEqual([]);
  });
});

function expressionsOf({ alerts, records, dashboards, rules, panels }: ReturnType<typeof packOf>): readonly string[] {
  const targets = dashboards.flatMap(({ rows }) =>
    rows.flatMap((row) => row.panels.flatMap(({ panel }) => panel.targets)),
  );
  return [
    ...alerts.map(({ expression }) => expression),
    ...records.map(({ expression }) => expression.render(rules)),
    ...targets.map(({ expression }) => expression.render(panels)),
  ];
}

/** Both sides of arithmetic, comparisons and `and` over series, without `on` and `ignoring`. */
function pairings(expression: string): readonly (readonly [left: string, right: string])[] {
  // The parser does not know Grafana's windows.
  const text = expression.replaceAll(/\$__(?:rate_interval|interval|range)\b/g, '1m');
  return allNodes(parser.parse(text).topNode)
    .filter((node) => node.name === 'BinaryExpr')
    .flatMap(({ firstChild, lastChild }) => {
      if (firstChild === null || lastChild === null || !(hasSeries(firstChild) && hasSeries(lastChild))) return [];
      const operator = text.slice(firstChild.to, lastChild.from).trim();
      return ['/', '*', '+', '-', '>', '<', 'and'].includes(operator)
        ? [[text.slice(firstChild.from, firstChild.to), text.slice(lastChild.from, lastChild.to)] as const]
        : [];
    });
}

/** What `or` may give: each on its own, as the labels of all together would hide that one differs. */
function alternatives(text: string): readonly string[] {
  return branches(parser.parse(text).topNode, text);
}

function branches(node: SyntaxNode, text: string): readonly string[] {
  const { firstChild, lastChild } = node;
  const isWrapping = node.name === 'PromQL' || node.name === 'ParenExpr';
  if (isWrapping) return childrenOf(node).flatMap((child) => branches(child, text));
  const isOr =
    node.name === 'BinaryExpr' &&
    firstChild !== null &&
    lastChild !== null &&
    text.slice(firstChild.to, lastChild.from).trim() === 'or';
  return isOr ? [...branches(firstChild, text), ...branches(lastChild, text)] : [text.slice(node.from, node.to)];
}

function hasSeries(node: SyntaxNode): boolean {
  return allNodes(node).some(({ name }) => name === 'VectorSelector');
}
