import { assert, constantFrom, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeTemplate, labelReference, quoteTemplate } from '../../src/alerts/go-template.ts';
import { asReplacement } from '../../src/alerts/with-label.ts';

/** Text that is likely to break out. */
const hostile = string({
  unit: constantFrom('{', '}', '"', '\\', '$', '-', '\n', '`', 'a', '\u{1F600}', '\uD800'),
});

/** What Go's template engine makes of text and of actions that hold one string. */
function expand(template: string): string {
  return template.replace(/\{\{ ("(?:[^"\\]|\\.)*") \}\}/g, (_, quoted: string) => JSON.parse(quoted) as string);
}

/** What Go makes of a replacement text: `$1` and `$name` are groups, `$$` a dollar. */
const goExpand = (text: string): string => text.replace(/\$(\$|\w+)/g, (_, name: string) => (name === '$' ? '$' : ''));

describe('escapeTemplate()', () => {
  it('gives back any text, and leaves no action open', () => {
    assert(
      property(hostile, (text) => {
        const escaped = escapeTemplate(text);
        expect(expand(escaped)).toBe(text);
        expect(escaped.replaceAll('{{ "{" }}', '')).not.toContain('{');
      }),
    );
  });

  it('cannot join with an action that follows', () => {
    expect(`${escapeTemplate('a{')}{{ end }}`).toBe('a{{ "{" }}{{ end }}');
  });
});

describe('quoteTemplate()', () => {
  it('is one Go string of the same text, on one line, without half surrogates', () => {
    assert(
      property(hostile, (text) => {
        const quoted = quoteTemplate(text);
        expect(quoted).toMatch(/^"(?:[^"\\\n]|\\["\\nrtbf]|\\u[0-9a-f]{4})*"$/);
        expect(JSON.parse(quoted)).toBe(text.replace(/\p{Surrogate}/gu, '\uFFFD'));
      }),
    );
  });
});

describe('labelReference()', () => {
  it('indexes names that are no Go identifiers', () => {
    expect(labelReference('service')).toBe('$labels.service');
    expect(labelReference('service.name')).toBe('index $labels "service.name"');
  });
});

describe('asReplacement()', () => {
  it('is the same text once Go has expanded its references', () => {
    assert(
      property(hostile, (text) => {
        expect(goExpand(asReplacement(text))).toBe(text);
      }),
    );
  });
});
