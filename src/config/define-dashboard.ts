/** Dashboards of the user's own. */
import type { Dashboard } from '../dashboards/panel.ts';

/** A dashboard with a uid of its own, or with that of a shipped one, whose place it takes. */
export interface AddedDashboard extends Omit<Dashboard, 'uid'> {
  /** Up to 40 letters, digits, hyphens and underscores; links hang on it. */
  readonly uid: string;
}

/**
 * Declares a dashboard, so that an editor completes and checks it. Expressions are made with the words that
 * `telltale/generate` exports: a metric or label that does not exist does not compile.
 */
export function defineDashboard(dashboard: AddedDashboard): AddedDashboard {
  return dashboard;
}
