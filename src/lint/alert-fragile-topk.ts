/** `topk` picks other series at every evaluation: `for` starts anew, and a record has holes. */
import { analyse } from '../promql/analysis.ts';
import { type AlertCheck, allBranches } from './alert-rule-set.ts';

const fragile = new Set(['topk', 'bottomk', 'limitk', 'limit_ratio']);

export const alertFragileTopk: AlertCheck = (rules) =>
  allBranches(rules).flatMap(({ rule, expression }) =>
    analyse(expression)
      .functions.filter((name) => fragile.has(name))
      .map((name) => ({
        check: 'alert-fragile-topk',
        rule,
        summary: `uses ${name}, whose series change from one evaluation to the next`,
        details: expression,
      })),
  );
