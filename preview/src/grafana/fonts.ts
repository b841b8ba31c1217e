/**
 * The fonts that graphs are measured and drawn with. Canvases do not wait for fonts: labels that are measured before would
 * be cut off.
 */
const fonts = ["400 12px 'Inter'", "500 12px 'Inter'"];

/** Drawing begins without them rather than later. */
const patienceMillis = 1_000;

export const fontsLoaded: Promise<unknown> = Promise.race([
  Promise.allSettled(fonts.map((font) => document.fonts.load(font))),
  new Promise((resolve) => {
    setTimeout(resolve, patienceMillis);
  }),
]);
