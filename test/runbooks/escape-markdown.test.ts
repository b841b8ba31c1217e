import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeMarkdown } from '../../src/runbooks/escape-markdown.ts';
import { markdownTable } from '../../src/emit/markdown.ts';

/** What a renderer shows: a backslash before ASCII punctuation is not shown. */
const shown = (markdown: string): string => markdown.replace(/\\([!-/:-@[-`{-~])/g, '$1');
const hostile = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({ unit: fc.constantFrom(...'\\`*_{}[]<>()#+-.!|&~$=:@1 \n\tab'.split('')), maxLength: 30 }),
);

describe('escapeMarkdown()', () => {
  it.each([
    ['plain words', 'plain words'],
    ['a_b | [c](d)', 'a\\_b \\| \\[c\\](d)'],
    ['# not a heading', '\\# not a heading'],
    ['1. not a list', '1\\. not a list'],
    ['<script>', '\\<script\\>'],
    ['see https://example.com', 'see https\\://example.com'],
    ['me@example.com', 'me\\@example.com'],
    ['two\nlines', 'two lines'],
    ['[[alert:ServiceDown]]', '\\[\\[alert:ServiceDown\\]\\]'],
  ])('%s', (text, expected) => {
    expect(escapeMarkdown(text)).toBe(expected);
  });

  it('reads as it was written, on one line', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
        expect(shown(escapeMarkdown(text))).toBe(line);
      }),
    );
  });

  it('leaves no character that starts markup', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const bare = escapeMarkdown(text).replace(/\\[!-/:-@[-`{-~]/g, '');
        expect(bare).not.toMatch(/[\\`*_{}[\]<>|~&$]/);
        expect(escapeMarkdown(text)).not.toMatch(/^(?:[#+=-]|\d+[.)])/);
      }),
    );
  });

  it('never makes a cell of its own in a table', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const row = markdownTable(['a', 'b'], [[escapeMarkdown(text), 'end']]).split('\n')[2] ?? '';
        const cells = row.replace(/\\[!-/:-@[-`{-~]/g, '').split('|');
        expect(cells).toHaveLength(4);
      }),
    );
  });
});
