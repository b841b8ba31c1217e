/** Which alert mutes which: one page per fault. */
import type { IdentityLabel } from '../catalog/exposers.ts';

/** Label -> value, or a list of alternatives; `''` is the alternative "without that label". Canonical label names. */
export type AlertMatchers = Readonly<Record<string, string | readonly string[]>>;

export interface Inhibition {
  /** Matchers of the alert that mutes. */
  readonly source: AlertMatchers;
  /** Matchers of the alerts that are muted. */
  readonly target: AlertMatchers;
  /** Labels that must be the same on both; both sides must carry them: Alertmanager takes two missing labels as equal. */
  readonly equal: readonly (IdentityLabel | 'alertname' | 'slo' | 'instance')[];
  /** Why, for the runbooks. */
  readonly reason: string;
}
