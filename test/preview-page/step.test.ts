import { describe, expect, it } from 'vitest';
import { alignToStep, stepSeconds } from '../../preview/src/query/step.ts';
import { rateIntervalSeconds } from '../../src/proof/substitute.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe('stepSeconds() is what Grafana takes', () => {
  it.each([
    ['5 minutes, scraped every 15 s', 5 * minute, 15, 15],
    ['15 minutes, scraped every 5 s', 15 * minute, 5, 5],
    ['1 hour, scraped every 15 s', hour, 15, 15],
    ['6 hours', 6 * hour, 15, 30],
    ['1 day', day, 15, 120],
    ['7 days', 7 * day, 15, 900],
    ['30 days', 30 * day, 15, 3_600],
    ['1 year', 365 * day, 15, 43_200],
  ])('for %s on 800 pixels', (_what, rangeMillis, minStepSeconds, expected) => {
    expect(stepSeconds({ rangeMillis, widthPixels: 800, minStepSeconds })).toBe(expected);
  });

  // Source: `rangeUtil.roundInterval` of @grafana/data.
  it.each([
    [0.009, 0.001],
    [0.2, 0.2],
    [0.7, 0.5],
    [1.4, 1],
    [1.5, 2],
    [3.5, 5],
    [7.5, 10],
    [12.5, 15],
    [17.4, 15],
    [17.5, 20],
    [24.9, 20],
    [25, 30],
    [45, 60],
    [90, 120],
    [210, 300],
    [450, 600],
    [750, 900],
    [1_050, 1_200],
    [1_500, 1_800],
    [2_700, 3_600],
    [5_400, 7_200],
    [9_000, 10_800],
    [16_200, 21_600],
    [32_400, 43_200],
    [86_400, 86_400],
    [604_800, 604_800],
    [1_814_400, 2_592_000],
    [3_628_800, 31_536_000],
  ])('rounds %d s a point to %d s', (seconds, expected) => {
    expect(stepSeconds({ rangeMillis: seconds * 1000 * 100, widthPixels: 100, minStepSeconds: 0 })).toBe(expected);
  });

  it('goes by the points that the panel asks for', () => {
    expect(stepSeconds({ rangeMillis: hour, widthPixels: 800, minStepSeconds: 15, maxDataPoints: 10 })).toBe(300);
  });

  it('takes 500 pixels for a graph without a width', () => {
    expect(stepSeconds({ rangeMillis: 6 * hour, widthPixels: 0, minStepSeconds: 1 })).toBe(30);
  });

  it('never asks for more than the 11,000 samples that Prometheus returns', () => {
    for (const rangeMillis of [11_000_000, 187_000 * 1000, 365 * day]) {
      const step = stepSeconds({ rangeMillis, widthPixels: 100_000, minStepSeconds: 1 });
      expect(Math.floor(rangeMillis / 1000 / step) + 1).toBeLessThanOrEqual(11_000);
    }
  });
});

describe('rateIntervalSeconds()', () => {
  it.each([
    [15, 15, 60],
    [30, 15, 60],
    [45, 15, 60],
    [60, 15, 75],
    [120, 15, 135],
    [60, 60, 240],
    [5, 5, 20],
  ])('of a step of %i s and scrapes of %i s is %i s', (step, scrape, expected) => {
    expect(rateIntervalSeconds(step, scrape)).toBe(expected);
  });
});

describe('alignToStep()', () => {
  it('goes down to a multiple of the step', () => {
    expect(alignToStep(1_767_322_859_999, 60)).toBe(1_767_322_800_000);
  });

  it('begins days at local midnight', () => {
    expect(new Date(alignToStep(Date.UTC(2026, 0, 2, 12), 86_400, 2 * 3_600)).toISOString()).toBe(
      '2026-01-01T22:00:00.000Z',
    );
  });
});
