import { describe, expect, it } from 'vitest';
import { holdOf, intervalOf, windowOf } from '../../src/alerts/rule-clock.ts';
import { toModel } from '../../src/config/to-model.ts';

const normal = toModel({});
const drill = toModel({ timing: { scrapeInterval: '1s', evaluationInterval: '1s', speedUp: 30 } });

describe('the rule clock', () => {
  it('leaves durations as they are at normal speed', () => {
    expect([windowOf(normal, '5m'), holdOf(normal, '1m'), intervalOf(normal, '2m')]).toEqual(['5m', '1m', '2m']);
  });

  it('divides windows, waits and intervals in whole seconds', () => {
    expect([windowOf(drill, '5m'), holdOf(drill, '1m'), intervalOf(drill, '2m')]).toEqual(['10s', '2s', '4s']);
    expect(windowOf(drill, '7m')).toBe('14s');
    expect(holdOf(drill, '100s')).toBe('4s');
  });

  it('keeps four scrapes in a window, two in a wait, and an evaluation in an interval', () => {
    const fast = toModel({ timing: { scrapeInterval: '5s', evaluationInterval: '5s', speedUp: 100 } });
    expect([windowOf(fast, '5m'), holdOf(fast, '1m'), intervalOf(fast, '2m')]).toEqual(['20s', '10s', '5s']);
  });
});
