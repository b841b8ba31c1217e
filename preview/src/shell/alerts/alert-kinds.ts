/** Whose an alert is, and how urgent. */
import type { AlertRule } from '../../api/alert-rules.ts';

/** Of the services, of the monitoring stack itself, or of somebody else who uses the same Prometheus. */
export type AlertKind = 'service' | 'stack' | 'other';

/** The groups of `monitoring/meta-alerts.yml`. */
const stackGroups: ReadonlySet<string> = new Set(['telltale-platform', 'telltale-monitoring']);

export function kindOf({ group }: AlertRule): AlertKind {
  if (stackGroups.has(group)) return 'stack';
  return group.startsWith('telltale-') ? 'service' : 'other';
}

/** The watchdog fires always, on purpose: its severity is `none`. */
export const isNews = ({ state, severity }: AlertRule): boolean => state === 'firing' && severity !== 'none';

/** Somebody has to act now: users are hit, or alerting itself is. */
export function isUrgent(rule: AlertRule): boolean {
  const kind = kindOf(rule);
  return isNews(rule) && (kind === 'service' || (kind === 'stack' && rule.severity === 'critical'));
}

const ranks: Readonly<Record<string, number>> = { critical: 0, warning: 1 };

export const bySeverity = (one: AlertRule, other: AlertRule): number =>
  (ranks[one.severity] ?? 2) - (ranks[other.severity] ?? 2);

/** In milliseconds since 1970; Prometheus tells when it became true, not when it had held long enough. */
export function sinceOf(rule: AlertRule): number | undefined {
  const seen = rule.instances.filter(({ state }) => state === rule.state);
  if (seen.length === 0) return undefined;
  const first = Math.min(...seen.map(({ activeAtMillis }) => activeAtMillis));
  return rule.state === 'firing' ? first + rule.forSeconds * 1_000 : first;
}
