/** Rule files of Prometheus: the alerts of the services, their recording rules, and the stack's own alerts. */
import type { Alert, RecordingRule } from '../alerts/alert.ts';
import { metricName } from '../catalog/naming.ts';
import type { Duration } from '../objectives/duration.ts';
import type { Model } from '../model/model.ts';
import type { RenderContext } from '../promql/render-context.ts';
import type { JoinedAlert, Pack } from '../stack/pack.ts';
import type { FileSet } from './file-set.ts';
import { alertLabels, renamed } from './rule-labels.ts';
import { toYaml, type YamlValue } from './yaml.ts';

/** What a rule needs of a joined alert. */
export type RuleAlert = Pick<JoinedAlert, 'alert' | 'expression' | 'runbookUrl' | 'dashboardUrl'>;

/** How rules are written, and for whom. */
export interface RuleSettings {
  readonly model: Model;
  readonly context: RenderContext;
}

export const recordingRulesPath = 'alerts/recording-rules.yml';
export const metaAlertsPath = 'monitoring/meta-alerts.yml';

/** Every rule file of a pack: `alerts/<group>.yml`, the recording rules, and the stack's own alerts. */
export function ruleFiles(pack: Pack): FileSet {
  const settings: RuleSettings = { model: pack.model, context: pack.rules };
  const ofServices = pack.alerts.filter(({ kind }) => kind === 'service');
  const ofStack = pack.alerts.filter(({ kind }) => kind === 'meta');
  return new Map([
    ...groupsOf(ofServices).map((group): [string, string] => [
      `alerts/${group}.yml`,
      alertRules(
        ofServices.filter(({ alert }) => alert.group === group),
        settings,
        `src/alerts/${sourceOf(group)}.ts`,
      ),
    ]),
    [recordingRulesPath, recordingRules(pack.records, settings)],
    [metaAlertsPath, alertRules(ofStack, settings, 'src/alerts/meta-*.ts')],
  ]);
}

/** A rule file of alerts, one YAML group for each of their groups. */
export function alertRules(alerts: readonly RuleAlert[], settings: RuleSettings, source: string): string {
  const groups = groupsOf(alerts).map((group) => {
    const members = alerts.filter(({ alert }) => alert.group === group);
    const rules = members.map((alert) => alertRule(alert, settings));
    return ruleGroup(group, members[0]?.alert.interval, rules);
  });
  return toYaml({ groups }, `${source} and telltale.config.ts`);
}

/** The rule file of the records, in the order given: a group is evaluated from top to bottom. */
export function recordingRules(records: readonly RecordingRule[], settings: RuleSettings): string {
  const groups = [...new Set(records.map(({ group }) => group))].map((group) => {
    const members = records.filter((record) => record.group === group);
    const rules = members.map((record) => recordingRule(record, settings));
    return ruleGroup(`${group}-records`, members[0]?.interval, rules);
  });
  return toYaml({ groups }, 'src/alerts/*-records.ts and telltale.config.ts');
}

function groupsOf(alerts: readonly { readonly alert: Alert }[]): readonly string[] {
  return [...new Set(alerts.map(({ alert }) => alert.group))];
}

/** A slower half of a group shares its source. */
function sourceOf(group: string): string {
  return group.replace(/-slow$/, '');
}

function ruleGroup(name: string, interval: Duration | undefined, rules: readonly YamlValue[]): YamlValue {
  return { name: `telltale-${name}`, interval, rules };
}

function alertRule({ alert, expression, runbookUrl, dashboardUrl }: RuleAlert, settings: RuleSettings): YamlValue {
  const { summary, description, impact, action } = alert.annotations;
  return {
    alert: alert.name,
    expr: expression,
    for: alert.for,
    keep_firing_for: alert.keepFiringFor,
    labels: alertLabels(alert, settings.model, settings.context),
    annotations: { summary, description, impact, action, runbook_url: runbookUrl, dashboard_url: dashboardUrl },
  };
}

function recordingRule({ record, expression, labels }: RecordingRule, { context }: RuleSettings): YamlValue {
  return {
    record: metricName(record, context.naming),
    expr: expression.render(context),
    labels: labels === undefined ? undefined : renamed(labels, context),
  };
}
