/** Matchers that no series can meet: two values at once, or a value that a closed label never takes. */
import { exposers, type ExposerSpec } from '../catalog/exposers.ts';
import type { LabelSpec } from '../catalog/labels.ts';
import { analyse, type LabelMatcher, type SelectorUse } from '../promql/analysis.ts';
import type { KnownSeries } from '../promql/catalog-check.ts';
import { type AlertCheck, allBranches } from './alert-rule-set.ts';

export const alertImpossibleMatcher: AlertCheck = (rules) =>
  allBranches(rules).flatMap(({ rule, expression }) =>
    analyse(expression).selectors.flatMap((selector) =>
      [...contradictions(selector), ...outOfBounds(selector, rules.known.get(selector.metric))].map((summary) => ({
        check: 'alert-impossible-matcher',
        rule,
        summary,
        details: selector.text,
      })),
    ),
  );

/** A fixed value that another matcher of the same label excludes. */
function contradictions({ matchers }: SelectorUse): readonly string[] {
  return matchers
    .filter(({ operator }) => operator === '=')
    .filter((fixed) => matchers.some((other) => other.label === fixed.label && !meets(fixed.value, other)))
    .map(({ label, value }) => `cannot match ${label}="${value}" together with its other matchers of "${label}"`);
}

function outOfBounds({ matchers }: SelectorUse, series: KnownSeries | undefined): readonly string[] {
  if (series === undefined) return [];
  const { job }: ExposerSpec = exposers[series.metric.exposedBy];
  const specs: Readonly<Record<string, LabelSpec>> = {
    ...series.metric.labels,
    ...(job === undefined ? {} : { job: { values: [job] } }),
  };
  return matchers.flatMap((matcher) => {
    const values = specs[matcher.label]?.values;
    if (values === undefined || values.some((value) => meets(value, matcher))) return [];
    return [`matches ${matcher.label}${matcher.operator}"${matcher.value}", but its values are ${values.join(', ')}`];
  });
}

/** Prometheus anchors regular expressions at both ends. */
function meets(value: string, { operator, value: wanted }: LabelMatcher): boolean {
  switch (operator) {
    case '=':
      return value === wanted;
    case '!=':
      return value !== wanted;
    default:
      return new RegExp(`^(?:${wanted})$`, 's').test(value) === (operator === '=~');
  }
}
