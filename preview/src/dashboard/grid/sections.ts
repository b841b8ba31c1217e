/** A dashboard's panels by row, each row with what is below it. */
import type { Dashboard, Panel, RowPanel } from '@grafana/schema';

export interface Section {
  /** undefined for panels above the first row */
  readonly row: RowPanel | undefined;
  readonly panels: readonly Panel[];
}

export function sectionsOf({ panels = [] }: Dashboard): Section[] {
  const sections: { row: RowPanel | undefined; panels: Panel[] }[] = [];
  for (const panel of panels) {
    const last = sections.at(-1);
    if (isRow(panel)) sections.push({ row: panel, panels: [...(panel.panels ?? [])] });
    else if (last === undefined || isClosed(last.row)) sections.push({ row: undefined, panels: [panel] });
    else last.panels.push(panel);
  }
  return sections;
}

export const findPanel = (dashboard: Dashboard, id: number): Panel | undefined =>
  sectionsOf(dashboard)
    .flatMap(({ panels }) => panels)
    .find((panel) => panel.id === id);

/** A closed row holds its panels itself: what follows it is not its own. */
const isClosed = (row: RowPanel | undefined): boolean => row?.collapsed === true;

const isRow = (panel: Panel | RowPanel): panel is RowPanel => panel.type === 'row';
