/** Where panels stand: lines of 24 columns, filled, each as high as its highest panel. */

export const gridColumns = 24;
export const rowHeaderHeight = 1;

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Place {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** How much wider a panel may become to fill a line that others have left. */
const mostStretch = 2;

/** Places of panels below a row's header that stands at `top`. */
export function placesOf(sizes: readonly Size[], top: number): readonly Place[] {
  let y = top + rowHeaderHeight;
  return linesOf(sizes).flatMap((line) => {
    const h = Math.max(...line.map(({ height }) => height));
    const places = stretched(line).map(({ x, w }) => ({ x, y, w, h }));
    y += h;
    return places;
  });
}

/** The first free line below places. */
export function below(places: readonly Place[], top: number): number {
  return Math.max(top + rowHeaderHeight, ...places.map(({ y, h }) => y + h));
}

function linesOf(sizes: readonly Size[]): readonly (readonly Size[])[] {
  const lines: Size[][] = [];
  let used = gridColumns;
  for (const size of sizes) {
    if (used + size.width > gridColumns) {
      lines.push([]);
      used = 0;
    }
    lines.at(-1)?.push(size);
    used += size.width;
  }
  return lines;
}

/** A panel that has no source leaves a gap: the others of its line share it. */
function stretched(line: readonly Size[]): readonly { readonly x: number; readonly w: number }[] {
  const declared = line.reduce((sum, { width }) => sum + width, 0);
  const scale = Math.min(mostStretch, gridColumns / declared);
  let end = 0;
  let exact = 0;
  return line.map(({ width }) => {
    const x = end;
    exact += width * scale;
    end = Math.round(exact);
    return { x, w: end - x };
  });
}
