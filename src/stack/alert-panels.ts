/** The panel that shows each alert. */
import type { Alert } from '../alerts/alert.ts';
import type { Dashboard } from '../dashboards/panel.ts';
import type { LinkProblems } from './link-problems.ts';

/** `<dashboard>/<panel>` by the name of the alert. */
export type AlertPanels = ReadonlyMap<string, string>;

interface Dashboards {
  /** Every dashboard as written, to tell an unknown panel from one without a source. */
  readonly written: readonly Dashboard[];
  /** What the model can answer. */
  readonly sourced: readonly Dashboard[];
}

/**
 * The panel that an alert names. Where the model has no source for that, another that explains the alert, or else the
 * first of the same dashboard.
 */
export function alertPanels(
  alerts: readonly Alert[],
  { written, sourced }: Dashboards,
  problems: LinkProblems,
): AlertPanels {
  const known = panelNames(written);
  const shown = panelNames(sourced);
  const pairs = alerts.flatMap((alert): [string, string][] => {
    const { dashboard, panel } = alert.panel;
    const name = panelName(dashboard, panel);
    if (!known.includes(name)) {
      problems.unknown(`alert "${alert.name}" to panel "${name}"`, nearby(dashboard, known));
      return [];
    }
    const found =
      shown.find((candidate) => candidate === name) ?? explaining(alert, sourced) ?? beside(dashboard, shown);
    if (found !== undefined) return [[alert.name, found]];
    problems.add(`Cannot link alert "${alert.name}" to a panel as the pack has none`);
    return [];
  });
  return new Map(pairs);
}

export function panelName(dashboard: string, panel: string): string {
  return `${dashboard}/${panel}`;
}

/** The names of all panels. */
export function panelNames(dashboards: readonly Dashboard[]): readonly string[] {
  return dashboards.flatMap(({ uid, rows }) =>
    rows.flatMap(({ panels }) => panels.map(({ key }) => panelName(uid, key))),
  );
}

function explaining(alert: Alert, dashboards: readonly Dashboard[]): string | undefined {
  const panels = dashboards.flatMap(({ uid, rows }) =>
    rows.flatMap((row) => row.panels.map((panel) => ({ name: panelName(uid, panel.key), alerts: panel.alerts ?? [] }))),
  );
  return panels.find(({ alerts }) => alerts.includes(alert.name))?.name;
}

function beside(dashboard: string, names: readonly string[]): string | undefined {
  return names.find((name) => name.startsWith(`${dashboard}/`)) ?? names[0];
}

/** Panels of the dashboard, or the dashboards where there is none of that name. */
function nearby(dashboard: string, names: readonly string[]): readonly string[] {
  const same = names.filter((name) => name.startsWith(`${dashboard}/`));
  return same.length > 0 ? same : [...new Set(names.map((name) => name.split('/')[0] ?? name))];
}
