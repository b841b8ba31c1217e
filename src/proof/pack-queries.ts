/** Every query of a pack's dashboards: those of its panels, and those of its variables. */
import { dashboardQueries } from '../emit/dashboard-queries.ts';
import { metricsOf } from '../model/sources.ts';
import { knownSeries, type KnownSeriesByName } from '../promql/catalog-check.ts';
import type { Pack } from '../stack/pack.ts';
import type { ProofQuery } from './query-proof.ts';

export function packQueries(pack: Pack): ProofQuery[] {
  return pack.dashboards.flatMap((dashboard) => dashboardQueries(dashboard, pack.panels));
}

/** What the catalog knows of the series that a pack queries, as the user's Prometheus calls them. */
export function packSeries(pack: Pack): KnownSeriesByName {
  return knownSeries(metricsOf(pack.model), pack.rules);
}
