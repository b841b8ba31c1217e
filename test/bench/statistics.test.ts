import { describe, expect, it } from 'vitest';
import { seededRandom, shuffled } from '../../bench/shuffle.ts';
import {
  detectableEffect,
  estimate,
  intervalRank,
  median,
  overlaps,
  pairedDifferences,
} from '../../bench/statistics.ts';

const oneTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

describe('median()', () => {
  it('is the middle of an odd count, whatever the order', () => {
    expect(median([30, 10, 20])).toBe(20);
  });

  it('is the mean of the middle two of an even count', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  it('leaves its input as it is', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });

  it('is NaN for no values', () => {
    expect(median([])).toBeNaN();
  });
});

describe('pairedDifferences()', () => {
  it('takes the baseline of the same round away', () => {
    expect(pairedDifferences([10, 100], [11, 103])).toEqual([1, 3]);
  });

  it('refuses lists that cannot be paired', () => {
    expect(() => pairedDifferences([1, 2], [1])).toThrow('Cannot pair 1 values with 2');
  });
});

describe('estimate()', () => {
  it('cuts off what the tables of the sign test allow', () => {
    expect([6, 10, 20, 24, 40].map(intervalRank)).toEqual([0, 1, 5, 6, 13]);
  });

  it('is the 6th and the 15th of 20', () => {
    expect(estimate(oneTo(20).toReversed())).toEqual({ median: 10.5, low: 6, high: 15 });
  });

  it('is the whole range where too few values cover 95 %', () => {
    expect(estimate([3, 1, 2])).toEqual({ median: 2, low: 1, high: 3 });
  });

  it('covers the true median in about 95 % of runs', () => {
    const random = seededRandom(1);
    const runs = 2_000;
    const hits = Array.from({ length: runs }, () => estimate(Array.from({ length: 24 }, random))).filter(
      ({ low, high }) => low <= 0.5 && high >= 0.5,
    );
    expect(hits.length / runs).toBeGreaterThan(0.94);
  });
});

describe('overlaps()', () => {
  it('is true from a common end on', () => {
    expect(overlaps({ low: 0, high: 1 }, { low: 1, high: 2 })).toBe(true);
    expect(overlaps({ low: 1.1, high: 2 }, { low: 0, high: 1 })).toBe(false);
  });
});

describe('detectableEffect()', () => {
  it('shrinks with the root of the number of pairs', () => {
    const few = [-1, 1, -1, 1];
    const many = Array.from({ length: 4 }, () => few).flat();
    expect(detectableEffect(many)).toBeCloseTo(detectableEffect(few) / 2, 10);
  });

  it('is 2.8 standard errors of the median', () => {
    expect(detectableEffect([-1, 1, -1, 1])).toBeCloseTo((2.8 * 1.2533 * 1.4826) / 2, 10);
  });
});

describe('shuffled()', () => {
  it('keeps every value and is the same for the same seed', () => {
    const once = shuffled(oneTo(9), seededRandom(7));
    expect(once).toEqual(shuffled(oneTo(9), seededRandom(7)));
    expect(once).not.toEqual(oneTo(9));
    expect(once.toSorted((left, right) => left - right)).toEqual(oneTo(9));
  });
});
