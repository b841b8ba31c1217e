/** The labels of a rule, by the names that the model's Prometheus uses. */
import type { Alert } from '../alerts/alert.ts';
import { teamLabel } from '../alerts/team-label.ts';
import type { Model } from '../model/model.ts';
import { renderLabel, type RenderContext } from '../promql/render-context.ts';

export type RuleLabels = Readonly<Record<string, string>>;

/** Labels that an alerting rule sets; environment and service come from its expression. */
export function alertLabels(alert: Alert, model: Model, context: RenderContext): RuleLabels {
  const { severity, component, labels = {} } = alert;
  return { severity, component, team: teamLabel(model), ...renamed(labels, context) };
}

/** Identity labels of a record or an alert, renamed. */
export function renamed(labels: RuleLabels, context: RenderContext): RuleLabels {
  return Object.fromEntries(Object.entries(labels).map(([name, value]) => [renderLabel(name, [], context), value]));
}
