/** A rate needs four scrapes in its window: with fewer, one lost scrape leaves no answer. */
import { isDuration, toSeconds } from '../objectives/duration.ts';
import { analyse } from '../promql/analysis.ts';
import { type AlertCheck, allBranches } from './alert-rule-set.ts';

const leastScrapes = 4;
const rates = new Set(['rate', 'irate', 'increase', 'changes', 'resets', 'delta', 'deriv', 'predict_linear']);

export const alertRateWindow: AlertCheck = (rules) => {
  const least = leastScrapes * toSeconds(rules.scrapeInterval);
  return allBranches(rules).flatMap(({ rule, expression }) =>
    analyse(expression)
      .selectors.filter(({ functions }) => functions.some((name) => rates.has(name)))
      .flatMap(({ range, text }) => {
        if (range === undefined || !isDuration(range) || toSeconds(range) >= least) return [];
        const summary = `looks back ${range}, which is less than ${leastScrapes} scrapes of ${rules.scrapeInterval}`;
        return [{ check: 'alert-rate-window', rule, summary, details: `${text}[${range}]` }];
      }),
  );
};
