/** The rules that stories run against: those that are emitted, of a model that has every source. */
import { alertExpression, type Alert, type RecordingRule } from '../../src/alerts/alert.ts';
import { allAlerts, allMetaAlerts } from '../../src/alerts/all-alerts.ts';
import { ruleContext } from '../../src/alerts/rule-context.ts';
import { toModel } from '../../src/config/to-model.ts';
import { alertRules, recordingRules, type RuleAlert } from '../../src/emit/rules.ts';
import type { Model } from '../../src/model/model.ts';
import type { StoryClock } from './story.ts';

/** promtool evaluates every group at one interval, so the rules are those of a Prometheus with that interval. */
export function storyModel(clock: StoryClock): Model {
  return toModel({
    exporters: { containers: true, kubernetes: true },
    timing: { scrapeInterval: clock, evaluationInterval: clock },
  });
}

export function storyAlerts(model: Model): readonly Alert[] {
  return [...allAlerts(model), ...allMetaAlerts(model)];
}

/** An alert as `stack/` joins it, as far as its rule goes. */
export function ruleAlert(alert: Alert, model: Model): RuleAlert {
  return {
    alert,
    expression: alertExpression(alert).render(ruleContext(model)),
    runbookUrl: `https://runbooks.example/${alert.name}`,
    dashboardUrl: 'https://grafana.example/?service={{ $labels.service }}',
  };
}

export function alertRuleText(alert: RuleAlert, model: Model): string {
  return alertRules([alert], { model, context: ruleContext(model) }, 'test/rules/');
}

export function recordText(records: readonly RecordingRule[], model: Model): string {
  return recordingRules(records, { model, context: ruleContext(model) });
}
