/** Every check of rules and inhibitions; each is named like its file. */
import { alertComparison } from './alert-comparison.ts';
import { alertExpressions } from './alert-expression.ts';
import { alertFragileTopk } from './alert-fragile-topk.ts';
import { alertImpossibleMatcher } from './alert-impossible-matcher.ts';
import { alertInhibitionLabels } from './alert-inhibition-labels.ts';
import { alertRateWindow } from './alert-rate-window.ts';
import { alertRegex } from './alert-regex.ts';
import type { AlertCheck, AlertProblem, RuleSet } from './alert-rule-set.ts';
import { alertTemplateLabels } from './alert-template-labels.ts';

export const allAlertChecks: Readonly<Record<string, AlertCheck>> = {
  'alert-expression': alertExpressions,
  'alert-comparison': alertComparison,
  'alert-template-labels': alertTemplateLabels,
  'alert-fragile-topk': alertFragileTopk,
  'alert-regex': alertRegex,
  'alert-impossible-matcher': alertImpossibleMatcher,
  'alert-rate-window': alertRateWindow,
  'alert-inhibition-labels': alertInhibitionLabels,
};

/** All problems of all checks, in their order. */
export function checkAlerts(rules: RuleSet): readonly AlertProblem[] {
  return Object.values(allAlertChecks).flatMap((check) => check(rules));
}
