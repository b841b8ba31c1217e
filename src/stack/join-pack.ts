/** The pack of a model: what each folder makes of it, joined. */
import { allAlerts, allMetaAlerts } from '../alerts/all-alerts.ts';
import { allInhibitions } from '../alerts/inhibitions.ts';
import { allRecords } from '../alerts/recording-rules.ts';
import type { Config } from '../config/config.ts';
import type { AddedDashboard } from '../config/define-dashboard.ts';
import { allDashboards } from '../dashboards/all-dashboards.ts';
import type { Dashboard } from '../dashboards/panel.ts';
import type { Model } from '../model/model.ts';
import { allAlertPages } from '../runbooks/all-alert-pages.ts';
import { allRunbooks } from '../runbooks/all-runbooks.ts';
import type { Runbook } from '../runbooks/runbook.ts';
import { join } from './join.ts';
import type { Pack } from './pack.ts';

/** What a config adds to the shipped pack. */
export type Additions = Pick<Config, 'addAlerts' | 'addDashboards' | 'runbookSections'>;

/** @throws TELLTALE_LINK when an id does not resolve */
export function joinPack(model: Model, additions: Additions = {}): Pack {
  const { addAlerts = [], addDashboards = [], runbookSections = {} } = additions;
  return join(model, {
    dashboards: replaced(allDashboards(model), addDashboards),
    alerts: [...allAlerts(model), ...addAlerts.map(({ alert }) => alert)],
    metaAlerts: allMetaAlerts(model),
    records: allRecords(model),
    inhibitions: allInhibitions(model),
    runbooks: allRunbooks(model).map((runbook) => withSections(runbook, runbookSections)),
    pages: [...allAlertPages(model), ...addAlerts.map(({ page }) => page)],
  });
}

/** A dashboard with the uid of a shipped one takes its place. Uids of users are none of the known ones, and need not be. */
function replaced(shipped: readonly Dashboard[], added: readonly AddedDashboard[]): readonly Dashboard[] {
  const uids = new Set(added.map(({ uid }) => uid));
  return [...shipped.filter(({ uid }) => !uids.has(uid)), ...(added as readonly Dashboard[])];
}

function withSections(runbook: Runbook, sections: NonNullable<Additions['runbookSections']>): Runbook {
  const own = sections[runbook.id];
  return own === undefined ? runbook : { ...runbook, own: [...(runbook.own ?? []), ...own] };
}
