import { describe, expect, it } from 'vitest';
import { below, placesOf } from '../../src/emit/dashboard-grid.ts';

const size = (width: number, height = 8) => ({ width, height });

describe('placesOf()', () => {
  it('stands panels side by side below the header of their row', () => {
    expect(placesOf([size(8), size(16)], 10)).toEqual([
      { x: 0, y: 11, w: 8, h: 8 },
      { x: 8, y: 11, w: 16, h: 8 },
    ]);
  });

  it('wraps what does not fit into 24 columns', () => {
    expect(placesOf([size(12), size(12), size(24)], 0).map(({ x, y }) => [x, y])).toEqual([
      [0, 1],
      [12, 1],
      [0, 9],
    ]);
  });

  it('makes a line as high as its highest panel', () => {
    expect(placesOf([size(12, 4), size(12, 9), size(24, 3)], 0).map(({ y, h }) => [y, h])).toEqual([
      [1, 9],
      [1, 9],
      [10, 3],
    ]);
  });

  it('shares a gap among the panels of its line', () => {
    expect(placesOf([size(4), size(4), size(4), size(4), size(4)], 0).map(({ x, w }) => [x, w])).toEqual([
      [0, 5],
      [5, 5],
      [10, 4],
      [14, 5],
      [19, 5],
    ]);
  });

  it('does not stretch a panel to more than twice its width', () => {
    expect(placesOf([size(4)], 0)).toEqual([{ x: 0, y: 1, w: 8, h: 8 }]);
  });
});

describe('below()', () => {
  it('is the first free line', () => {
    expect(below(placesOf([size(24), size(24, 5)], 2), 2)).toBe(16);
  });

  it('is below the header of a row without panels', () => {
    expect(below([], 7)).toBe(8);
  });
});
