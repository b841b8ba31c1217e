/** What a kind of panel is, and what it is drawn from. */
import type { DataFrame, FieldConfigSource, InterpolateFunction, TimeRange } from '@grafana/data';
import type { Panel } from '@grafana/schema';
import type { FieldDefaults } from '../grafana/field-config.ts';
import type { Annotation } from '../query/annotations.ts';

export interface PanelViewProps {
  readonly panel: Panel;
  /** With the field config applied. */
  readonly frames: DataFrame[];
  /** Grows when fields come, go or change their looks, not when only values do. */
  readonly structureRev: number;
  readonly fieldConfig: FieldConfigSource;
  readonly exemplars: readonly DataFrame[];
  readonly annotations: readonly Annotation[];
  readonly timeRange: TimeRange;
  readonly timeZone: string;
  /** CSS pixels inside the frame of the panel. */
  readonly width: number;
  readonly height: number;
  readonly replaceVariables: InterpolateFunction;
  /** A range was selected in the graph: milliseconds since 1970. */
  readonly onZoom: (range: { readonly from: number; readonly to: number }) => void;
  /** The trace behind an exemplar was asked for; without it, exemplars lead nowhere. */
  readonly onTrace?: (traceId: string) => void;
}

export interface PanelType {
  /** As in the JSON. */
  readonly type: string;
  readonly defaults: FieldDefaults;
  /** Whether the panel says "No data" in place of being drawn without; else it draws that itself, or needs none. */
  readonly needsData: boolean;
  /** Space between the frame and the drawing. */
  readonly padding: 'none' | 'md';
  readonly View: React.ComponentType<PanelViewProps>;
}
