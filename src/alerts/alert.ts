/** What an alert is: typed data with the branches of its `or` kept apart, so that each can be counted, tested and mutated. */
import type { IdentityLabel } from '../catalog/exposers.ts';
import type { MetricEntry } from '../catalog/metric.ts';
import type { Duration } from '../objectives/duration.ts';
import type { Expression } from '../promql/expression.ts';
import { anyOf } from './any-of.ts';

export type Severity = 'critical' | 'warning' | 'info' | 'none';
export type Component =
  'api' | 'runtime' | 'database' | 'cache' | 'infrastructure' | 'backup' | 'business' | 'monitoring';

/** One way for an alert to fire. */
export interface AlertBranch {
  /** kebab-case, unique within the alert: stories and mutants are named by it. */
  readonly id: string;
  /** Not emitted where the model lacks a source of one of its metrics. */
  readonly expression: Expression;
  /** When it fires, as a clause for the alert's page: `the last run of the backup failed`. */
  readonly describes: string;
}

/** Go template text of the annotations. Only labels that survive the aggregation; `$value` through a humanize function. */
export interface AlertAnnotations {
  /** One line. */
  readonly summary: string;
  /** What is measured, the threshold, and the likely user impact. */
  readonly description: string;
  readonly impact: string;
  /** The first thing to do. */
  readonly action: string;
}

export interface Alert {
  readonly name: string;
  /** The rule group, the emitted file `alerts/<group>.yml`, and the source file `src/alerts/<group>.ts`. */
  readonly group: string;
  /** Evaluation interval of the group, where it is not the default. */
  readonly interval?: Duration;
  readonly branches: readonly AlertBranch[];
  /** How long it must hold; absent means at once. */
  readonly for?: Duration;
  readonly keepFiringFor?: Duration;
  readonly severity: Severity;
  readonly component: Component;
  /** Further labels, fixed ones only: never a value. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations: AlertAnnotations;
  /** The panel that shows it: dashboard uid and panel key, resolved in `stack/`. */
  readonly panel: { readonly dashboard: string; readonly panel: string };
  /** Labels of the result that fill dashboard variables. @default environment and service */
  readonly variables?: readonly IdentityLabel[];
  /** Why it fires all the time, on purpose: the linter asks every other alert for a comparison. */
  readonly alwaysFires?: string;
}

/** A recording rule. */
export interface RecordingRule {
  readonly group: string;
  /** Evaluation interval of the group, where it is not the default. */
  readonly interval?: Duration;
  /** An entry of the catalog of recorded series. */
  readonly record: MetricEntry;
  readonly expression: Expression;
  /** Labels set by the rule; identity labels by their canonical names. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** The whole expression of an alert: its branches, joined by `or`, each on lines of its own. */
export function alertExpression(alert: Pick<Alert, 'branches'>): Expression {
  return anyOf(
    alert.branches.map(({ expression }) => expression),
    '\nor\n',
  );
}

/** Declares an alert; its type is checked, and its shape is in one place for those that a user adds. */
export function defineAlert(alert: Alert): Alert {
  return alert;
}
