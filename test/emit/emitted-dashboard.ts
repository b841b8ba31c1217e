/** Dashboards of a config as they are written, and their panels by title. */
import type { Dashboard as DashboardJson, Panel as PanelJson } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Config } from '../../src/config/config.ts';
import { emitDashboard } from '../../src/emit/dashboard.ts';
import { panelsIn } from '../../src/lint/dashboard-problem.ts';
import { packOf } from '../dashboards/pack-of.ts';

export function emitted(uid: string, config: Config = {}): DashboardJson {
  const pack = packOf(config);
  const joined = pack.dashboards.find(({ dashboard }) => dashboard.uid === uid);
  if (joined === undefined) throw new Error(`Cannot find dashboard "${uid}"`);
  return JSON.parse(emitDashboard(joined, pack)) as DashboardJson;
}

export function panel(json: DashboardJson, title: string): PanelJson {
  const found = panelsIn(json).find((candidate) => candidate.title === title);
  if (found === undefined) throw new Error(`Cannot find panel "${title}"`);
  return found;
}
