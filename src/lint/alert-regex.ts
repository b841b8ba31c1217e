/** Regular expressions that a plain comparison says better, or that match anything. */
import { analyse, type LabelMatcher } from '../promql/analysis.ts';
import { type AlertCheck, allBranches } from './alert-rule-set.ts';

export const alertRegex: AlertCheck = (rules) =>
  allBranches(rules).flatMap(({ rule, expression }) =>
    analyse(expression).selectors.flatMap(({ matchers, text }) =>
      matchers.flatMap((matcher) =>
        remarks(matcher).map((summary) => ({ check: 'alert-regex', rule, summary, details: text })),
      ),
    ),
  );

function remarks({ label, operator, value }: LabelMatcher): readonly string[] {
  if (operator !== '=~' && operator !== '!~') return [];
  if (value === '.*') return [`matches "${label}" with ".*", which is anything`];
  if (/^[\w /:-]*$/.test(value))
    return [`matches "${label}" with a regular expression, where "${value}" has nothing to expand`];
  return [];
}
