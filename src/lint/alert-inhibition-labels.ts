/** Every label in an inhibition's `equal` is on both sides: Alertmanager takes two missing labels as equal. */
import type { AlertMatchers, Inhibition } from '../alerts/inhibition.ts';
import { type AlertCheck, type LintAlert, resultLabels, type RuleSet } from './alert-rule-set.ts';

export const alertInhibitionLabels: AlertCheck = (rules) =>
  rules.inhibitions.flatMap((inhibition) => [
    ...sideProblems(rules, inhibition, 'source'),
    ...sideProblems(rules, inhibition, 'target'),
  ]);

function sideProblems(rules: RuleSet, inhibition: Inhibition, side: 'source' | 'target'): ReturnType<AlertCheck> {
  const details = JSON.stringify(inhibition);
  const matched = rules.alerts.filter((alert) => mayMatch(alert, inhibition[side], rules));
  if (matched.length === 0) {
    return [
      { check: 'alert-inhibition-labels', rule: 'inhibition', summary: `has a ${side} that no alert matches`, details },
    ];
  }
  return matched.flatMap((alert) =>
    [...inhibition.equal, ...Object.keys(inhibition[side]).filter((label) => required(inhibition[side], label))]
      .filter((label) => !labelsOf(alert, rules).has(rules.labelName(label)))
      .map((label) => ({
        check: 'alert-inhibition-labels',
        rule: alert.name,
        summary: `is the ${side} of an inhibition by label "${label}", which it does not carry`,
        details,
      })),
  );
}

/** By name and severity, which rules fix; other labels are only known when it fires. */
function mayMatch({ name, labels }: LintAlert, matchers: AlertMatchers, { labelName }: RuleSet): boolean {
  const fixed: Readonly<Record<string, string>> = { ...labels, alertname: name };
  return Object.entries(matchers).every(([label, value]) => {
    const own = fixed[labelName(label)];
    return own === undefined || (typeof value === 'string' ? value === own : value.includes(own));
  });
}

/** An alternative of "without that label" asks for nothing. */
function required(matchers: AlertMatchers, label: string): boolean {
  const value = matchers[label] ?? '';
  return typeof value === 'string' ? value !== '' : !value.includes('');
}

/** Every label of every branch: an alert whose branches differ does not carry the labels of just one. */
function labelsOf(alert: LintAlert, { known }: RuleSet): ReadonlySet<string> {
  const perBranch = alert.branches.map((branch) => resultLabels({ ...alert, branches: [branch] }, known));
  const shared = [...(perBranch[0] ?? [])].filter((label) => perBranch.every((labels) => labels.has(label)));
  return new Set([...shared, ...Object.keys(alert.labels), 'alertname']);
}
