/** The alerting rules of Prometheus, with what each of them sees now. */
import { fetchJson } from './preview-api.ts';

export type AlertState = 'firing' | 'pending' | 'inactive';

export interface AlertRule {
  readonly name: string;
  readonly group: string;
  readonly severity: string;
  readonly state: AlertState;
  /** How long it must hold before it fires. */
  readonly forSeconds: number;
  /** Between two evaluations. */
  readonly intervalSeconds: number;
  /** As written in the rule: templates, not sentences. */
  readonly annotations: Readonly<Record<string, string>>;
  readonly instances: readonly AlertInstance[];
  /** Why Prometheus cannot evaluate it. */
  readonly failure?: string;
}

export interface AlertInstance {
  readonly state: AlertState;
  readonly labels: Readonly<Record<string, string>>;
  /** Sentences: templates filled in. */
  readonly annotations: Readonly<Record<string, string>>;
  /** Since when what it asks for is so, in milliseconds since 1970. */
  readonly activeAtMillis: number;
}

interface RulesAnswer {
  readonly data: { readonly groups: readonly RuleGroup[] };
}

interface RuleGroup {
  readonly name: string;
  readonly interval: number;
  readonly rules: readonly Rule[];
}

interface Rule {
  readonly name: string;
  readonly type: string;
  readonly state: string;
  readonly duration: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly alerts?: readonly Alert[];
  readonly health: string;
  readonly lastError?: string;
}

interface Alert {
  readonly state: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly activeAt: string;
}

export async function fetchAlertRules(init?: RequestInit): Promise<readonly AlertRule[]> {
  const { data } = await fetchJson<RulesAnswer>('/api/prometheus/api/v1/rules?type=alert', init);
  return data.groups.flatMap((group) =>
    group.rules.filter(({ type }) => type === 'alerting').map((rule) => toAlertRule(group, rule)),
  );
}

function toAlertRule(group: RuleGroup, rule: Rule): AlertRule {
  return {
    name: rule.name,
    group: group.name,
    severity: rule.labels?.['severity'] ?? 'none',
    state: toState(rule.state),
    forSeconds: rule.duration,
    intervalSeconds: group.interval,
    annotations: rule.annotations ?? {},
    instances: (rule.alerts ?? []).map(toInstance),
    ...(rule.health === 'err' && { failure: rule.lastError ?? 'no reason is given' }),
  };
}

function toInstance({ state, labels, annotations, activeAt }: Alert): AlertInstance {
  return { state: toState(state), labels, annotations, activeAtMillis: Date.parse(activeAt) };
}

/** A rule that was not evaluated yet is `unknown`: nothing of it is seen. */
const toState = (state: string): AlertState => (state === 'firing' || state === 'pending' ? state : 'inactive');
