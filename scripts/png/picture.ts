/** A picture as its pixels. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Red, green and blue of each pixel, 0 to 255, row by row from the top. */
  readonly rgb: Uint8Array;
}

export type Colour = readonly [red: number, green: number, blue: number];

export function colourAt({ width, rgb }: Picture, x: number, y: number): Colour {
  const at = 3 * (y * width + x);
  return [rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0];
}

/** The part from the top down to `height`, all of it if it is lower. */
export function topOf({ width, height, rgb }: Picture, wanted: number): Picture {
  const rows = Math.min(height, wanted);
  return { width, height: rows, rgb: rgb.subarray(0, 3 * width * rows) };
}
