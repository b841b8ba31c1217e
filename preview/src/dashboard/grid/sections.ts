/** A dashboard's panels by row, each row with what is below it. */

/** What of a panel is looked at. */
export interface PanelLike {
  readonly type: string;
  readonly id?: number;
}

export interface RowLike<P> extends PanelLike {
  readonly collapsed: boolean;
  readonly panels?: readonly P[];
}

export interface DashboardOf<P, R> {
  readonly panels?: readonly (P | R)[];
}

export interface Section<P, R> {
  /** undefined for panels above the first row */
  readonly row: R | undefined;
  readonly panels: readonly P[];
}

export function sectionsOf<P extends PanelLike, R extends RowLike<P>>({
  panels = [],
}: DashboardOf<P, R>): Section<P, R>[] {
  const sections: { row: R | undefined; panels: P[] }[] = [];
  for (const panel of panels) {
    const last = sections.at(-1);
    if (isRow<P, R>(panel)) sections.push({ row: panel, panels: [...(panel.panels ?? [])] });
    else if (last === undefined || isClosed(last.row)) sections.push({ row: undefined, panels: [panel] });
    else last.panels.push(panel);
  }
  return sections;
}

export const findPanel = <P extends PanelLike, R extends RowLike<P>>(
  dashboard: DashboardOf<P, R>,
  id: number,
): P | undefined =>
  sectionsOf<P, R>(dashboard)
    .flatMap(({ panels }) => panels)
    .find((panel) => panel.id === id);

/** A closed row holds its panels itself: what follows it is not its own. */
const isClosed = (row: RowLike<unknown> | undefined): boolean => row?.collapsed === true;

const isRow = <P extends PanelLike, R extends RowLike<P>>(panel: P | R): panel is R => panel.type === 'row';
