/** Queries: they parse, fit the catalog, match the variables, and hide nothing. */
import { rateInterval } from '../objectives/duration.ts';
import { analyse, type SelectorUse } from '../promql/analysis.ts';
import { checkExpression } from '../promql/catalog-check.ts';
import { eachPanel, eachQuery, type LintedQuery, textOf } from './dashboard-each.ts';
import type { DashboardRule, LintSubject } from './dashboard-problem.ts';

const counting = new Set(['rate', 'irate', 'increase']);

export const queryRules: readonly DashboardRule[] = [
  eachQuery('target-promql-rule', ({ expression }, { known }) => checkExpression(expression, known)),
  eachQuery('target-rate-interval-rule', ({ expression }) =>
    analyse(expression)
      .selectors.filter(({ functions, range }) => isRate(functions[0]) && range !== rateInterval)
      .map(({ metric, range = '' }) => `takes the rate of "${metric}" over "${range}": must be over ${rateInterval}`),
  ),
  eachQuery('target-job-rule', (query, subject) => unmatched('job', query, subject)),
  eachQuery('target-instance-rule', (query, subject) => unmatched('instance', query, subject)),
  eachQuery('target-counter-agg-rule', ({ expression }, subject) =>
    analyse(expression)
      .selectors.filter((selector) => isCounter(selector, subject) && !counting.has(selector.functions[0] ?? ''))
      .map(({ metric }) => `uses counter "${metric}" outside rate, irate and increase`),
  ),
  eachQuery('missing-data-rule', ({ expression }) => {
    const { functions } = analyse(expression);
    return ['vector', 'absent', 'absent_over_time']
      .filter((name) => functions.includes(name))
      .map((name) => `uses ${name}(), which shows a number where there is no data`);
  }),
  eachQuery('ratio-rule', ({ expression }) =>
    /[*]\s*100\b/.test(expression) ? ['multiplies a ratio by 100: ratios are 0-1 and shown as percentunit'] : [],
  ),
  eachPanel('ref-id-rule', ({ targets = [] }) => {
    const refIds = targets.map((target) => textOf(target, 'refId'));
    const twice = refIds.filter((refId, index) => refId === '' || refIds.indexOf(refId) !== index);
    return twice.map((refId) => `has the target "${refId}" twice, or one without a letter`);
  }),
];

function isRate(name: string | undefined): boolean {
  return name === 'rate' || name === 'irate';
}

/** By its name, as the original does, and by the catalog: not every counter of an exporter is called a total. */
function isCounter({ metric }: SelectorUse, { known }: LintSubject): boolean {
  return metric.endsWith('_total') || known.get(metric)?.counter === true;
}

/**
 * Every selector matches the variable, unless its series cannot carry the label and its target says why. A reason for
 * a target that needs none is a problem too: exceptions must not outlive their cause.
 */
function unmatched(label: string, { expression, target }: LintedQuery, { known }: LintSubject): string[] {
  const { selectors } = analyse(expression);
  const cannot = selectors.filter(({ metric }) => known.get(metric)?.labels.includes(label) === false);
  const must = selectors.filter((selector) => !cannot.includes(selector));
  const excused = target?.withoutTargetLabels !== undefined;
  return [
    ...must
      .filter(({ matchers }) => !matchers.some((matcher) => matchesVariable(matcher, label)))
      .map(({ text }) => `does not match ${label}=~"$${label}" in "${text}"`),
    ...(excused ? [] : cannot.map(({ metric }) => `selects "${metric}", which has no ${label}, and does not say why`)),
    ...(excused && cannot.length === 0 ? [`is excused from matching ${label}, but all its series have it`] : []),
  ];
}

function matchesVariable(matcher: SelectorUse['matchers'][number], label: string): boolean {
  return matcher.label === label && matcher.operator === '=~' && matcher.value === `$${label}`;
}
