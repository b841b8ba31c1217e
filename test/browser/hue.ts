/** Colours by the names that people give them, which are the names of thresholds. */
import type { Colour } from '../../scripts/png/picture.ts';

const hues = ['red', 'orange', 'yellow', 'green', 'blue', 'purple'] as const;
export type Hue = (typeof hues)[number] | 'grey';

/** Where each begins, in degrees on the colour wheel; what is beyond the last is red again. */
const beginnings = [0, 12, 43, 75, 175, 260, 330];

/** Text, grids and backgrounds have less. */
export const leastSaturation = 40;

/** How far the strongest channel is above the weakest. */
export function saturation(colour: Colour): number {
  return Math.max(...colour) - Math.min(...colour);
}

export function hueOf(colour: Colour): Hue {
  if (saturation(colour) < leastSaturation) return 'grey';
  const degrees = degreesOf(colour);
  return hues[beginnings.findLastIndex((beginning) => degrees >= beginning)] ?? 'red';
}

/** @param text as styles are computed, e.g. `rgb(115, 191, 105)` */
export function hueOfStyle(text: string): Hue {
  const [red = 0, green = 0, blue = 0] = (text.match(/[\d.]+/g) ?? []).map(Number);
  return hueOf([red, green, blue]);
}

function degreesOf([red, green, blue]: Colour): number {
  const [most, range] = [Math.max(red, green, blue), saturation([red, green, blue])];
  if (most === red) return (60 * ((green - blue) / range) + 360) % 360;
  return most === green ? 60 * ((blue - red) / range) + 120 : 60 * ((red - green) / range) + 240;
}
