/** What asking for a panel gives: the seam between asking (`query/`) and drawing (`panels/`, `dashboard/`). */
import type { DataFrame } from '@grafana/data';

export interface PanelData {
  /** After the panel's transformations. */
  readonly frames: readonly DataFrame[];
  /** A frame of exemplars per target that asks for them. */
  readonly exemplars: readonly DataFrame[];
  /** Warnings of Prometheus, one sentence each. */
  readonly notices: readonly string[];
}
