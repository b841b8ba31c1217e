/** Finds coloured horizontal lines in a picture, with nothing but its pixels. */
import { colourAt, type Colour, type Picture } from '../../scripts/png/picture.ts';
import { hueOf, leastSaturation, saturation, type Hue } from './hue.ts';

export interface ColourLine {
  readonly hue: Hue;
  /** Middle of the line, in pixels below the upper edge. */
  readonly y: number;
}

/** Columns of the picture. */
export interface Band {
  readonly from: number;
  readonly to: number;
}

/** Of a band's columns; a dashed line has gaps. */
const leastShare = 0.4;

/** Lines that go through the whole band, from the top down. */
export function colourLines(picture: Picture, band: Band): ColourLine[] {
  const rows = Array.from({ length: picture.height }, (_, y) => rowOf(picture, band, y));
  return groups(rows.filter(({ share }) => share >= leastShare)).map(lineOf);
}

interface Row {
  readonly y: number;
  /** Of columns that are coloured. */
  readonly share: number;
  readonly strongest: Colour;
}

function rowOf(picture: Picture, { from, to }: Band, y: number): Row {
  const colours = Array.from({ length: to - from }, (_, index) => colourAt(picture, from + index, y));
  const coloured = colours.filter((colour) => saturation(colour) >= leastSaturation);
  const strongest = coloured.toSorted((one, other) => saturation(other) - saturation(one))[0] ?? [0, 0, 0];
  return { y, share: coloured.length / colours.length, strongest };
}

/** Rows next to each other are one line. */
function groups(rows: readonly Row[]): Row[][] {
  const found: Row[][] = [];
  for (const row of rows) {
    const last = found.at(-1);
    if (last?.at(-1)?.y === row.y - 1) last.push(row);
    else found.push([row]);
  }
  return found;
}

function lineOf(rows: readonly Row[]): ColourLine {
  const weights = rows.map(({ strongest }) => saturation(strongest));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const middle = rows.reduce((sum, { y }, index) => sum + (y + 0.5) * (weights[index] ?? 0), 0) / total;
  const strongest = rows[weights.indexOf(Math.max(...weights))]?.strongest ?? [0, 0, 0];
  return { hue: hueOf(strongest), y: middle };
}
