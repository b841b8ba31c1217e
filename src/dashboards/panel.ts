/** What a dashboard is made of: typed data. How it becomes Grafana JSON is in `src/emit/`. */
import type { Duration } from '../objectives/duration.ts';
import type { Expression } from '../promql/expression.ts';

/**
 * Display units; `emit/` maps each to Grafana's id. `per_second` units are rates, `age` is seconds since something, and
 * an `amount` is written out (13,570) where a `count` is shortened (13.6 K).
 */
export type DisplayUnit =
  | 'seconds'
  | 'bytes'
  | 'bytes_per_second'
  | 'ratio'
  | 'count'
  | 'per_second'
  | 'requests_per_second'
  | 'operations_per_second'
  | 'amount'
  | 'age'
  | 'state'
  | 'cores';

export interface Target {
  readonly expression: Expression;
  /** Legend with `{{label}}` of labels that the query returns; canonical label names, renamed when emitted. */
  readonly legend: string;
  /** Show exemplars (latency histograms only). */
  readonly exemplar?: boolean;
  /** Dashed and muted: a comparison (last week), or a limit. */
  readonly muted?: boolean;
  /** Dashed in its own colour: another kind of number than the solid ones. */
  readonly dashed?: boolean;
  /** Drawn against an axis of its own at the right, in this unit: it would flatten the others. */
  readonly rightAxis?: DisplayUnit;
  /** Why the series cannot carry job and instance; without it the linter insists on both matchers. */
  readonly withoutTargetLabels?: string;
  /** As the panel's own, for this target alone. */
  readonly quietUnless?: string;
}

export interface ThresholdStep {
  readonly value: number;
  readonly color: 'green' | 'yellow' | 'orange' | 'red' | 'blue' | 'purple' | 'transparent';
}

/** Whether green is below or above the steps; `steps` ascend. */
export interface Thresholds {
  readonly base: ThresholdStep['color'];
  readonly steps: readonly ThresholdStep[];
  /** `line`: dashed lines in a graph. `color`: colours a stat, bar or cell. @default 'line' on graphs, 'color' elsewhere */
  readonly style?: 'line' | 'color';
}

/** A column of a table: which target's value, or which label. */
export interface TableColumn {
  /** `value:A` for the value of target A, or a label name. */
  readonly from: string;
  readonly title: string;
  readonly unit?: DisplayUnit;
  readonly thresholds?: Thresholds;
  readonly mappings?: Mappings;
  readonly decimals?: number;
  /** Pixels. @default what fits a value and the title; a label without one shares what is left with the others. */
  readonly width?: number;
  readonly link?: CellLink;
}

/** Where a cell leads: a panel, with one variable set to the cell's text, or another page. */
export type CellLink =
  | { readonly title: string; readonly panel: PanelReference; readonly variable?: string }
  | { readonly title: string; /** `${cell}` becomes the cell's text. */ readonly url: string };

/** Mapped values, e.g. 1 -> up. */
export type Mappings = Readonly<Record<string, { readonly text: string; readonly color: ThresholdStep['color'] }>>;

/** A page outside Grafana. */
export interface PanelLink {
  readonly title: string;
  /** May hold dashboard variables. */
  readonly url: string;
}

interface PanelFrame {
  /** Stable within the dashboard: ids, links and proofs hang on it. kebab-case. */
  readonly key: string;
  readonly title: string;
  /** One sentence or two: what it shows and what good looks like. */
  readonly description: string;
  readonly targets: readonly Target[];
  readonly unit: DisplayUnit;
  /** Grid columns of 24. */
  readonly width: number;
  /** Grid rows of about 30 pixels. */
  readonly height: number;
  /** Names of alerts that this panel explains: linked to their pages, and back; resolved in `stack/`. */
  readonly alerts?: readonly string[];
  readonly thresholds?: Thresholds;
  readonly decimals?: number;
  readonly min?: number;
  readonly max?: number;
  /** Shown when a query returns nothing. */
  readonly noValue: string;
  /** What must happen before the panel has data, where that is not ordinary traffic: "no query failed yet". */
  readonly quietUnless?: string;
  readonly mappings?: Mappings;
  /** Panels of other dashboards where the search goes on: linked with variables and time kept. */
  readonly related?: readonly PanelReference[];
  readonly links?: readonly PanelLink[];
}

/** Its queries run over the time range; those of all others ask for one sample, at its end. */
export interface TimeseriesPanel extends PanelFrame {
  readonly type: 'timeseries';
  readonly stacked?: boolean;
  /** Values hold until the next: states, and counts of them. */
  readonly stepped?: boolean;
  /** Numbers beside the legend, which then is a table at the right. */
  readonly legendCalcs?: readonly ('mean' | 'max' | 'min' | 'lastNotNull' | 'sum')[];
  /** The axis reaches at least to here. @default a fifth above the highest threshold, or a little of the unit */
  readonly softMax?: number;
  readonly softMin?: number;
  /** Colours of series that mean something; the others have those of the palette. */
  readonly colors?: readonly SeriesColor[];
}

/** Series of these names in one colour, or in shades of it where there are several. */
export interface SeriesColor {
  /** A regular expression over the names of series, e.g. `^2..$`. */
  readonly names: string;
  readonly color: ThresholdStep['color'];
  readonly shades?: boolean;
}

/** Without a graph behind it: over a range, the last number of a series that ended long ago would still be shown. */
export interface StatPanel extends PanelFrame {
  readonly type: 'stat';
}

export interface BarGaugePanel extends PanelFrame {
  readonly type: 'bargauge';
}

/** Targets are joined on the labels that all of them return. The first is the base: every row has its value. */
export interface TablePanel extends PanelFrame {
  readonly type: 'table';
  readonly columns: readonly TableColumn[];
  /** Title of the column to sort by, descending. */
  readonly sortBy?: string;
}

export type Panel = TimeseriesPanel | StatPanel | BarGaugePanel | TablePanel;

/** A titled row of panels, laid out left to right and wrapped at 24 columns. */
export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
  readonly collapsed?: boolean;
}

export const dashboardUids = [
  'telltale-api',
  'telltale-database',
  'telltale-business',
  'telltale-infrastructure',
  'telltale-errors',
] as const;
/** One of those that are shipped, or a user's own. */
export type DashboardUid = (typeof dashboardUids)[number] | (string & Record<never, never>);

/** A variable beside those that every dashboard has. */
export interface DashboardVariable {
  readonly name: string;
  readonly label: string;
  /** Its values are those of this label ... */
  readonly ofLabel: string;
  /** ... on these series. */
  readonly series: Expression;
}

export interface Dashboard {
  readonly uid: DashboardUid;
  readonly title: string;
  /** The question it must answer. */
  readonly description: string;
  /** How far back it looks when it opens. @default '3h' */
  readonly lookback?: Duration;
  readonly variables?: readonly DashboardVariable[];
  readonly rows: readonly Row[];
}

/** Names a panel from anywhere; `stack/` resolves it. */
export interface PanelReference {
  readonly dashboard: DashboardUid;
  readonly panel: string;
}
