/** Templates name only labels that the query returns, and labels never hold a value: each would be a new alert. */
import { type AlertCheck, type AlertProblem, type LintAlert, resultLabels } from './alert-rule-set.ts';

/** `$labels.service`, and `index $labels "service.name"`. */
const labelUse = /\$labels\.(\w+)|index \$labels "((?:[^"\\]|\\.)*)"/g;

export const alertTemplateLabels: AlertCheck = ({ alerts, known }) =>
  alerts.flatMap((alert) => {
    const labels = resultLabels(alert, known);
    const texts = { ...alert.labels, ...alert.texts };
    return [
      ...Object.entries(texts).flatMap(([name, text]) => [
        ...[...new Set(labelsIn(text))]
          .filter((label) => !labels.has(label))
          .map((label) => problem(alert, `uses label "${label}" in "${name}", which its query drops`, text)),
        ...(isBalanced(text) ? [] : [problem(alert, `has an action in "${name}" that does not close`, text)]),
      ]),
      ...Object.entries(alert.labels)
        .filter(([, text]) => text.includes('$value'))
        .map(([name, text]) => problem(alert, `puts its value into label "${name}"`, text)),
    ];
  });

function labelsIn(text: string): readonly string[] {
  const actions = text.match(/\{\{.*?\}\}/gs) ?? [];
  return actions.flatMap((action) => [...action.matchAll(labelUse)].map(([, name, quoted]) => name ?? unquote(quoted)));
}

function unquote(text: string | undefined): string {
  return JSON.parse(`"${text ?? ''}"`) as string;
}

/** What is left when whole actions are taken out must hold no beginning of one. */
function isBalanced(text: string): boolean {
  const rest = text.replace(/\{\{(?:"(?:[^"\\]|\\.)*"|[^"])*?\}\}/g, '');
  return !rest.includes('{{');
}

function problem(alert: LintAlert, summary: string, details: string): AlertProblem {
  return { check: 'alert-template-labels', rule: alert.name, summary, details };
}
