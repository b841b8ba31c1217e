/** Where the panels of a section are, in CSS pixels: Grafana's grid, or one column where the page is narrow. */

/** What of a panel is looked at. */
export interface Placed {
  readonly id?: number;
  readonly type: string;
  readonly gridPos?: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Layout<P> {
  readonly boxes: readonly { readonly panel: P; readonly box: Box }[];
  readonly height: number;
}

/** Grafana's numbers. */
const columns = 24;
const cellHeight = 30;
const gap = 8;

/** Below it panels are stacked. */
const narrowPixels = 768;

export function layOut<P extends Placed>(panels: readonly P[], width: number): Layout<P> {
  return width < narrowPixels ? stack(panels, width) : spread(panels, width);
}

function spread<P extends Placed>(panels: readonly P[], width: number): Layout<P> {
  const firstRow = Math.min(...panels.map(({ gridPos }) => gridPos?.y ?? 0));
  const columnWidth = (width - gap * (columns - 1)) / columns;
  const boxes = panels.map((panel) => {
    const { x, y, w, h } = { x: 0, y: 0, w: columns, h: 8, ...panel.gridPos };
    const left = Math.round(x * (columnWidth + gap));
    const right = Math.round((x + w) * (columnWidth + gap) - gap);
    const box = { left, top: (y - firstRow) * (cellHeight + gap), width: right - left, height: heightOf(h) };
    return { panel, box };
  });
  return { boxes, height: lowestEdge(boxes) };
}

function stack<P extends Placed>(panels: readonly P[], width: number): Layout<P> {
  let top = 0;
  const boxes = inReadingOrder(panels).map((panel) => {
    const box = { left: 0, top, width: Math.floor(width), height: heightOf(stackedRows(panel)) };
    top += box.height + gap;
    return { panel, box };
  });
  return { boxes, height: lowestEdge(boxes) };
}

/** A number alone needs less height over the whole width; a graph keeps what it has. */
const stackedRows = ({ type, gridPos }: Placed): number => (type === 'stat' ? 3 : Math.max(gridPos?.h ?? 8, 6));

const inReadingOrder = <P extends Placed>(panels: readonly P[]): P[] =>
  [...panels].sort((a, b) => (a.gridPos?.y ?? 0) - (b.gridPos?.y ?? 0) || (a.gridPos?.x ?? 0) - (b.gridPos?.x ?? 0));

const heightOf = (rows: number): number => rows * (cellHeight + gap) - gap;

const lowestEdge = (boxes: readonly { readonly box: Box }[]): number =>
  Math.max(0, ...boxes.map(({ box }) => box.top + box.height));
