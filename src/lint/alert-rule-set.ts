/** What the checks of rules look at, and what they report. */
import type { Alert, RecordingRule } from '../alerts/alert.ts';
import type { Inhibition } from '../alerts/inhibition.ts';
import { ruleContext } from '../alerts/rule-context.ts';
import { teamLabel } from '../alerts/team-label.ts';
import { metricName } from '../catalog/naming.ts';
import type { Duration } from '../objectives/duration.ts';
import type { Model } from '../model/model.ts';
import { metricsOf } from '../model/sources.ts';
import { type KnownSeriesByName, knownSeries } from '../promql/catalog-check.ts';
import { outputLabels } from '../promql/output-labels.ts';
import { renderLabel } from '../promql/render-context.ts';

export interface AlertProblem {
  /** Slug of the check, which is also the name of its file: `alert-comparison`. */
  readonly check: string;
  /** Name of the alert or record, and of the branch where there are several. */
  readonly rule: string;
  /** What is wrong, in one sentence. */
  readonly summary: string;
  /** The text that it was found in. */
  readonly details: string;
}

/** A rule as Prometheus reads it. */
export interface LintRule {
  readonly name: string;
  readonly branches: readonly { readonly id: string; readonly expression: string }[];
  /** Labels that the rule sets, rendered. */
  readonly labels: Readonly<Record<string, string>>;
}

export interface LintAlert extends LintRule {
  /** Annotations by name. */
  readonly texts: Readonly<Record<string, string>>;
  readonly alwaysFires: boolean;
}

export interface RuleSet {
  readonly alerts: readonly LintAlert[];
  readonly records: readonly LintRule[];
  readonly inhibitions: readonly Inhibition[];
  readonly known: KnownSeriesByName;
  readonly scrapeInterval: Duration;
  /** How a canonical label is called in Prometheus. */
  readonly labelName: (label: string) => string;
}

/** One check. It sees everything, and says what is wrong; an empty list is a clean bill. */
export type AlertCheck = (rules: RuleSet) => readonly AlertProblem[];

/** What a model's rules are made of. */
export interface RuleSources {
  readonly alerts: readonly Alert[];
  readonly records: readonly RecordingRule[];
  readonly inhibitions: readonly Inhibition[];
}

export function ruleSetOf(model: Model, { alerts, records, inhibitions }: RuleSources): RuleSet {
  const context = ruleContext(model);
  const labelName = (label: string): string => renderLabel(label, [], context);
  const renamed = (labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
    Object.fromEntries(Object.entries(labels).map(([label, value]) => [labelName(label), value]));
  return {
    alerts: alerts.map((alert) => ({
      name: alert.name,
      branches: alert.branches.map(({ id, expression }) => ({ id, expression: expression.render(context) })),
      labels: {
        severity: alert.severity,
        component: alert.component,
        team: teamLabel(model),
        ...renamed(alert.labels ?? {}),
      },
      texts: { ...alert.annotations },
      alwaysFires: alert.alwaysFires !== undefined,
    })),
    records: records.map(({ record, expression, labels = {} }) => ({
      name: metricName(record, model.naming),
      branches: [{ id: 'record', expression: expression.render(context) }],
      labels: renamed(labels),
    })),
    inhibitions,
    known: knownSeries(metricsOf(model), context),
    scrapeInterval: model.timing.scrapeInterval,
    labelName,
  };
}

/** Every branch of every rule, with the name that problems call it by. */
export function allBranches({
  alerts,
  records,
}: RuleSet): readonly { readonly rule: string; readonly expression: string }[] {
  return [...alerts, ...records].flatMap(({ name, branches }) =>
    branches.map(({ id, expression }) => ({ rule: branches.length > 1 ? `${name} (${id})` : name, expression })),
  );
}

/** The labels of the series that an alert's expression returns, over all its branches. */
export function resultLabels({ branches }: LintRule, known: KnownSeriesByName): ReadonlySet<string> {
  return new Set(
    branches.flatMap(({ expression }) => outputLabels(expression, (metric) => known.get(metric)?.labels ?? [])),
  );
}
