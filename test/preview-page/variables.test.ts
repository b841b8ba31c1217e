import { describe, expect, it } from 'vitest';
import { chosenValues } from '../../preview/src/query/variable-choice.ts';
import { optionsOf } from '../../preview/src/query/variable-options.ts';
import { parseVariableQuery } from '../../preview/src/query/variable-query.ts';

describe('parseVariableQuery()', () => {
  it.each([
    ['label_values(job)', { kind: 'label values', label: 'job' }],
    ['label_values(up, job)', { kind: 'label values', label: 'job', selector: 'up' }],
    [' label_values( up , job ) ', { kind: 'label values', label: 'job', selector: 'up' }],
    ['label_values({}, job)', { kind: 'label values', label: 'job' }],
    ['label_values({job="a"}, job)', { kind: 'label values', label: 'job', selector: '{job="a"}' }],
    [
      'label_values(up{environment=~"(a|b)",service=~".+"}, job)',
      { kind: 'label values', label: 'job', selector: 'up{environment=~"(a|b)",service=~".+"}' },
    ],
    ['label_values(up{path="f(x), y"}, job)', { kind: 'label values', label: 'job', selector: 'up{path="f(x), y"}' }],
    ['label_names()', { kind: 'label names' }],
    ['query_result(topk(3, sum by (job) (up)))', { kind: 'query result', expr: 'topk(3, sum by (job) (up))' }],
    ['metrics(.*)', undefined],
    ['up', undefined],
    ['label_values()', undefined],
  ])('%s', (text, expected) => {
    expect(parseVariableQuery(text)).toEqual(expected);
  });
});

describe('optionsOf()', () => {
  it('names each option once, as they come', () => {
    expect(optionsOf(['b', 'a', 'b'], {})).toEqual(['b', 'a']);
  });

  it.each([
    [1, ['B', 'a', 'a10', 'a9']],
    [2, ['a9', 'a10', 'a', 'B']],
    [3, ['B', 'a', 'a9', 'a10']],
    [4, ['a10', 'a9', 'B', 'a']],
    [5, ['a', 'a10', 'a9', 'B']],
    [6, ['B', 'a9', 'a10', 'a']],
    [7, ['a', 'a9', 'a10', 'B']],
    [8, ['B', 'a10', 'a9', 'a']],
  ])('sorts by order %i of Grafana', (sort, expected) => {
    expect(optionsOf(['B', 'a9', 'a10', 'a'], { sort })).toEqual(expected);
  });

  it.each([
    ['/^a/', ['ab:1', 'ac:2']],
    ['^a', ['ab:1', 'ac:2']],
    ['/(.+):\\d/', ['ab', 'ac', 'x']],
    ['/A(?<value>.)/i', ['b', 'c']],
    ['/a(?<text>.)/', ['b', 'c']],
    ['/nothing/', []],
  ])('picks by %s', (regex, expected) => {
    expect(optionsOf(['ab:1', 'ac:2', 'x:3'], { regex })).toEqual(expected);
  });
});

describe('chosenValues()', () => {
  const choice = { asked: [], saved: ['$__all'], options: ['a', 'b'], multi: true, includeAll: true };

  it('is what the address says', () => {
    expect(chosenValues({ ...choice, asked: ['a', 'b'] })).toEqual(['a', 'b']);
  });

  it('keeps what the address says though it is gone', () => {
    expect(chosenValues({ ...choice, asked: ['gone'] })).toEqual(['gone']);
  });

  it.each([['$__all'], ['All']])('is all for %s in the address', (asked) => {
    expect(chosenValues({ ...choice, asked: ['a', asked] })).toEqual(['$__all']);
  });

  it('is what the dashboard was saved with when the address says nothing', () => {
    expect(chosenValues({ ...choice, saved: ['b', 'gone'] })).toEqual(['b']);
  });

  it('is one value of a variable that takes one', () => {
    expect(chosenValues({ ...choice, asked: ['b', 'a'], multi: false })).toEqual(['b']);
  });

  it('is all when nothing was saved, and the first where there is no all', () => {
    expect(chosenValues({ ...choice, saved: [] })).toEqual(['$__all']);
    expect(chosenValues({ ...choice, saved: [], includeAll: false })).toEqual(['a']);
  });

  it('does not take all for a value where it is not offered', () => {
    expect(chosenValues({ ...choice, asked: ['$__all'], includeAll: false })).toEqual(['a']);
  });
});
