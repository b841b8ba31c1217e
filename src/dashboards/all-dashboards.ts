/** Every dashboard of a model, in the order in which they are linked. */
import type { Model } from '../model/model.ts';
import { apiDashboard } from './api.ts';
import { businessDashboard } from './business.ts';
import { databaseDashboard } from './database.ts';
import { errorsDashboard } from './errors.ts';
import { infrastructureDashboard } from './infrastructure.ts';
import type { Dashboard } from './panel.ts';

const dashboards = [
  apiDashboard,
  databaseDashboard,
  businessDashboard,
  infrastructureDashboard,
  errorsDashboard,
] as const;

/** As declared: what the model has no source for is dropped when the pack is joined. */
export function allDashboards(model: Model): readonly Dashboard[] {
  return dashboards.map((dashboardOf) => dashboardOf(model));
}
