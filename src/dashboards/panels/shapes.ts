/** Panels of the usual sizes: what most panels share is said once. */
import type { BarGaugePanel, Panel, StatPanel, TablePanel, TimeseriesPanel } from '../panel.ts';

type Frame<P extends Panel> = Omit<P, 'type' | 'width' | 'height'> & {
  readonly width?: number;
  readonly height?: number;
};

/** A graph over time: a third of the width. */
export function graph(frame: Frame<TimeseriesPanel>): TimeseriesPanel {
  return { type: 'timeseries', width: 8, height: 8, ...frame };
}

/** One number: six to a line. */
export function stat(frame: Frame<StatPanel>): StatPanel {
  return { type: 'stat', width: 4, height: 4, ...frame };
}

/** A bar for each of a few things, as they are now. */
export function bars(frame: Frame<BarGaugePanel>): BarGaugePanel {
  return { type: 'bargauge', width: 8, height: 8, ...frame };
}

/** Rows of labels and numbers, as they are now: half of the width. */
export function table(frame: Frame<TablePanel>): TablePanel {
  return { type: 'table', width: 12, height: 9, ...frame };
}
