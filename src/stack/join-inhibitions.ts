/** Which alert mutes which, by name: for the pages of both. */
import type { Alert } from '../alerts/alert.ts';
import type { Inhibition } from '../alerts/inhibition.ts';
import type { LinkProblems } from './link-problems.ts';

type Matchers = Inhibition['source'];

export interface Muting {
  readonly source: string;
  readonly target: string;
}

/** Every pair of alerts of which the first can mute the second. */
export function joinInhibitions(
  inhibitions: readonly Inhibition[],
  alerts: readonly Alert[],
  { names, problems }: { readonly names: readonly string[]; readonly problems: LinkProblems },
): readonly Muting[] {
  for (const { source, target } of inhibitions) {
    for (const name of [...valuesOf(source['alertname']), ...valuesOf(target['alertname'])]) {
      if (!names.includes(name)) problems.unknown(`an inhibition to alert "${name}"`, names);
    }
  }
  const pairs = inhibitions.flatMap((inhibition) => pairsOf(inhibition, alerts));
  return pairs.filter(
    ({ source, target }, index) =>
      pairs.findIndex((other) => other.source === source && other.target === target) === index,
  );
}

function pairsOf({ source, target, equal }: Inhibition, alerts: readonly Alert[]): readonly Muting[] {
  const sources = alerts.filter((alert) => mayMatch(alert, source));
  const targets = alerts.filter((alert) => mayMatch(alert, target));
  return sources.flatMap((muting) =>
    targets
      .filter((muted) => (equal.includes('alertname') ? muted.name === muting.name : muted.name !== muting.name))
      .map((muted) => ({ source: muting.name, target: muted.name })),
  );
}

/** A label that the rule does not fix may have any value when the alert fires. */
function mayMatch(alert: Alert, matchers: Matchers): boolean {
  const fixed: Readonly<Record<string, string>> = {
    ...alert.labels,
    alertname: alert.name,
    severity: alert.severity,
    component: alert.component,
  };
  return Object.entries(matchers).every(([label, values]) => {
    const value = fixed[label];
    return value === undefined || valuesOf(values).includes(value);
  });
}

function valuesOf(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}
