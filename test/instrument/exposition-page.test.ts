import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Page } from '../../src/instrument/metrics/exposed-page.ts';

/** Long ones come out of few characters, so that a page of several hundred kB takes no time to think up. */
const aPiece = fc
  .tuple(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), fc.constantFrom(0, 1, 50, 2_000))
  .map(([text, times]) => text.repeat(times));

test('Page becomes the bytes of all that was written, whatever was expected', () => {
  fc.assert(
    fc.property(fc.array(aPiece, { maxLength: 12 }), fc.nat({ max: 200_000 }), (pieces, expectedBytes) => {
      const page = new Page(expectedBytes);
      for (const piece of pieces) page.write(piece);
      expect(page.finish().equals(Buffer.from(pieces.join('')))).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});
