import { describe, expect, it } from 'vitest';
import { interpolate, interpolateLink, interpolateTitle } from '../../preview/src/query/interpolate.ts';
import { contextOf, single, variablesOf } from './query-context.ts';

const tricky = contextOf({ x: ['a.b/c', `d"e'f`] });
const one = contextOf({ x: ['a b'] });
const all = contextOf({ x: ['$__all'] });
const plain = contextOf({}, { variables: variablesOf([single('x', 'a b&c')]) });

describe('interpolate() writes a value in the format that is asked for', () => {
  it.each([
    ['pipe', `a.b/c|d"e'f`],
    ['csv', `a.b/c,d"e'f`],
    ['raw', `a.b/c,d"e'f`],
    ['glob', `{a.b/c,d"e'f}`],
    ['unheard_of', `{a.b/c,d"e'f}`],
    ['regex', String.raw`(a\.b\/c|d"e'f)`],
    ['json', String.raw`["a.b/c","d\"e'f"]`],
    ['text', `a.b/c + d"e'f`],
    ['doublequote', String.raw`"a.b/c","d\"e'f"`],
    ['singlequote', String.raw`'a.b/c','d"e\'f'`],
    ['percentencode', '%7Ba.b%2Fc%2Cd%22e%27f%7D'],
    ['queryparam', 'var-x=a.b%2Fc&var-x=d%22e%27f'],
    ['prometheus', String.raw`(a\\.b/c|d\"e'f)`],
  ])('%s of two values', (format, expected) => {
    expect(interpolate(`\${x:${format}}`, tricky)).toBe(expected);
  });

  it.each([
    ['pipe', 'a b'],
    ['glob', 'a b'],
    ['regex', 'a b'],
    ['json', '["a b"]'],
    ['percentencode', '%7Ba%20b%7D'],
    ['queryparam', 'var-x=a%20b'],
  ])('%s of a list of one', (format, expected) => {
    expect(interpolate(`\${x:${format}}`, one)).toBe(expected);
  });

  it.each([
    ['json', 'a b&c'],
    ['percentencode', 'a%20b%26c'],
    ['uriencode', 'a%20b&c'],
    ['queryparam', 'var-x=a%20b%26c'],
  ])('%s of a value that is no list', (format, expected) => {
    expect(interpolate(`\${x:${format}}`, plain)).toBe(expected);
  });

  it.each([
    ['pipe', '.+'],
    ['regex', '.+'],
    ['json', '.+'],
    ['text', 'All'],
    ['percentencode', '.%2B'],
    ['queryparam', 'var-x=%24__all'],
  ])('%s of all', (format, expected) => {
    expect(interpolate(`\${x:${format}}`, all)).toBe(expected);
  });
});

describe('interpolateTitle()', () => {
  it('says what is chosen', () => {
    expect(interpolateTitle('Requests of $x', contextOf({ x: ['a', 'b.c'] }))).toBe('Requests of a + b.c');
  });

  it('says All', () => {
    expect(interpolateTitle('Requests of $x', all)).toBe('Requests of All');
  });
});

describe('interpolateLink()', () => {
  it('encodes what may not stand in an address', () => {
    expect(interpolateLink('https://example.com/$x', plain)).toBe('https://example.com/a%20b&c');
  });

  it('leaves an address whole that is a value', () => {
    expect(
      interpolateLink('$x', contextOf({}, { variables: variablesOf([single('x', 'https://a.example/b?c=d')]) })),
    ).toBe('https://a.example/b?c=d');
  });

  it('passes the range and the variables on', () => {
    const url = '/d/telltale-api?viewPanel=7&${__url_time_range}&${__all_variables}';
    expect(interpolateLink(url, contextOf({ job: ['$__all'], route: ['/a&b'] }))).toBe(
      '/d/telltale-api?viewPanel=7&from=now-15m&to=now&var-job=%24__all&var-route=%2Fa%26b',
    );
  });
});
