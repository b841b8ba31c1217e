/** What the parts of a dashboard are emitted from, and the data source that all of them ask. */
import type { DataSourceRef } from '@grafana/grafana-foundation-sdk/common';
import type { Pack } from '../stack/pack.ts';

/** The parts of a pack that dashboards are emitted from. */
export type DashboardPack = Pick<Pack, 'model' | 'panels' | 'dashboards'>;

/** The one that is chosen on the board. */
export const dataSource: DataSourceRef = { type: 'prometheus', uid: '${datasource}' };
