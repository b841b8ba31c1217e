import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anchorOf, codeFence, codeSpan, markdownTable, tidyMarkdown } from '../../src/emit/markdown.ts';

describe('anchorOf()', () => {
  it.each([
    ['Is it real?', 'is-it-real'],
    ["Dead man's switch and a probe from outside", 'dead-mans-switch-and-a-probe-from-outside'],
    ['Recovery: disk full', 'recovery-disk-full'],
    ['3. Compare "Revenue" with last week', '3-compare-revenue-with-last-week'],
    ['Post-mortem', 'post-mortem'],
  ])('%s -> %s', (heading, anchor) => {
    expect(anchorOf(heading)).toBe(anchor);
  });
});

describe('markdownTable()', () => {
  it('aligns its columns', () => {
    expect(markdownTable(['A', 'Long title'], [['longer', 'x']])).toBe(
      ['| A      | Long title |', '| ------ | ---------- |', '| longer | x          |'].join('\n'),
    );
  });

  it('escapes a bar that is not escaped yet', () => {
    expect(
      markdownTable(['a'], [['`x | y`'], ['`x \\| y`']])
        .split('\n')
        .slice(2),
    ).toEqual(['| `x \\| y` |', '| `x \\| y` |']);
  });
});

describe('codeFence() and codeSpan()', () => {
  it('use a fence longer than any inside', () => {
    expect(codeFence('md', '```sh\nls\n```')).toBe('````md\n```sh\nls\n```\n````');
  });

  it('hold any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('`', 'a', ' '), minLength: 1, maxLength: 12 }), (text) => {
        const span = codeSpan(text);
        const ticks = /^`+/.exec(span)?.[0] ?? '';
        expect(text.split(/[^`]+/)).not.toContain(ticks);
        expect(span.startsWith(ticks) && span.endsWith(ticks)).toBe(true);
      }),
    );
  });
});

describe('tidyMarkdown()', () => {
  it('keeps one empty line between blocks, and code as it is', () => {
    expect(tidyMarkdown('\n# A  \n\n\n\ntext\n\n```sh\na\n\n\nb  \n```\n\n\n')).toBe(
      '# A\n\ntext\n\n```sh\na\n\n\nb  \n```\n',
    );
  });
});
