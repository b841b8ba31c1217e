/** What an expression needs to become text: how metrics and identity labels are called, and where the text will run. */
import { identityLabels, targetLabelsOf, type IdentityLabel } from '../catalog/exposers.ts';
import type { MetricEntry } from '../catalog/metric.ts';
import { labelName, type Naming } from '../catalog/naming.ts';

/** How the user's Prometheus calls the identity pair. */
export type Identity = Readonly<Record<IdentityLabel, string>>;

/**
 * `rule`: alerts, records and runbooks; selectors stay as written. `panel`: dashboards; every selector also matches the
 * variables `$environment`, `$service`, `$job` and `$instance`, as far as its series carry those labels.
 */
export type Scope = 'rule' | 'panel';

export interface RenderContext {
  readonly naming: Naming;
  readonly identity: Identity;
  readonly scope: Scope;
}

/** A label as it is called for these metrics: identity labels and a metric's own labels may be renamed. */
export function renderLabel(label: string, metrics: readonly MetricEntry[], context: RenderContext): string {
  if (isIdentity(label)) return context.identity[label];
  const owner = metrics.find((metric) => label in metric.labels);
  return owner === undefined ? label : labelName(owner, label, context.naming);
}

/** Every label that series of the metric carry in Prometheus, as they are called there. */
export function renderedLabelsOf(metric: MetricEntry, context: RenderContext): string[] {
  const labels = [...Object.keys(metric.labels), ...targetLabelsOf(metric.exposedBy)];
  return labels.map((label) => renderLabel(label, [metric], context));
}

function isIdentity(label: string): label is IdentityLabel {
  return (identityLabels as readonly string[]).includes(label);
}
