/** The dashboards of the lab as they were emitted: what the page has to draw. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { panelId } from '../../src/stack/panel-id.ts';
import { dashboardUids } from '../../src/dashboards/panel.ts';

export interface EmittedStep {
  /** null for what lies below the first. */
  readonly value: number | null;
  readonly color: string;
}

export interface EmittedPanel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly targets?: readonly { readonly refId: string; readonly expr: string; readonly instant: boolean }[];
  readonly fieldConfig?: {
    readonly defaults: {
      readonly noValue?: string;
      readonly unit?: string;
      readonly thresholds?: { readonly steps: readonly EmittedStep[] };
      readonly custom?: { readonly thresholdsStyle?: { readonly mode: string } };
    };
  };
}

export interface EmittedDashboard {
  readonly uid: string;
  readonly title: string;
  readonly panels: readonly EmittedPanel[];
  readonly annotations: { readonly list: readonly { readonly name: string; readonly expr: string }[] };
  readonly templating: { readonly list: readonly { readonly name: string; readonly label: string }[] };
}

export { dashboardUids };
export type DashboardUid = (typeof dashboardUids)[number];

export function emittedDashboards(packFolder: string): EmittedDashboard[] {
  const folder = join(packFolder, 'dashboards');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as EmittedDashboard);
}

export function emittedDashboard(packFolder: string, uid: string): EmittedDashboard {
  const found = emittedDashboards(packFolder).find((dashboard) => dashboard.uid === uid);
  if (found === undefined) throw new Error(`Cannot find dashboard "${uid}" below ${packFolder}`);
  return found;
}

/** Without rows, which hold no data. */
export function dataPanels({ panels }: EmittedDashboard): EmittedPanel[] {
  return panels.filter(({ type }) => type !== 'row');
}

/** @param key of the panel in src/dashboards/: it stays when the title changes. @throws when there is no such panel */
export function panelOf(dashboard: EmittedDashboard, key: string): EmittedPanel {
  const panel = dashboard.panels.find(({ id }) => id === panelId(dashboard.uid, key));
  if (panel === undefined) throw new Error(`Cannot find panel "${key}" in ${dashboard.uid}`);
  return panel;
}
