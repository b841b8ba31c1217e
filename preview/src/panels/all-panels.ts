/** The kinds of panels that dashboards are made of. A kind that is not here is named in place of being drawn. */
import { FieldColorModeId } from '@grafana/data';
import { lazy } from 'react';
import { BarGaugePanel } from './bar-gauge-panel.tsx';
import type { PanelType } from './panel-type.ts';
import { StatPanel } from './stat-panel.tsx';
import { timeSeriesDefaults } from './time-series/time-series-defaults.ts';
import { TimeSeriesPanel } from './time-series/time-series-panel.tsx';
import { UnknownPanel } from './unknown-panel.tsx';

const TablePanel = lazy(async () => ({ default: (await import('./table-panel.tsx')).TablePanel }));
const TextPanel = lazy(async () => ({ default: (await import('./text-panel.tsx')).TextPanel }));

const byThresholds = { colorMode: FieldColorModeId.Thresholds };

export const allPanels: readonly PanelType[] = [
  { type: 'timeseries', defaults: timeSeriesDefaults, needsData: true, padding: 'md', View: TimeSeriesPanel },
  { type: 'stat', defaults: byThresholds, needsData: false, padding: 'md', View: StatPanel },
  { type: 'bargauge', defaults: byThresholds, needsData: true, padding: 'md', View: BarGaugePanel },
  { type: 'table', defaults: byThresholds, needsData: true, padding: 'none', View: TablePanel },
  { type: 'text', defaults: byThresholds, needsData: false, padding: 'md', View: TextPanel },
];

export const panelTypeOf = (type: string): PanelType =>
  allPanels.find((known) => known.type === type) ?? {
    type,
    defaults: byThresholds,
    needsData: false,
    padding: 'md',
    View: UnknownPanel,
  };
