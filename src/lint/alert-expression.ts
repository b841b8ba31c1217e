/** Every expression parses, and selects only metrics and labels that the model has. */
import { checkExpression } from '../promql/catalog-check.ts';
import { type AlertCheck, allBranches } from './alert-rule-set.ts';

export const alertExpressions: AlertCheck = (rules) =>
  allBranches(rules).flatMap(({ rule, expression }) =>
    checkExpression(expression, rules.known).map((summary) => ({
      check: 'alert-expression',
      rule,
      summary,
      details: expression,
    })),
  );
