import { describe, expect, it } from 'vitest';
import { ruleContext } from '../../src/alerts/rule-context.ts';
import { analyse } from '../../src/promql/analysis.ts';
import { mutantsOf } from './mutants.ts';
import { storyAlerts, storyModel } from './story-rules.ts';

const expressions = (text: string): readonly string[] => mutantsOf(text).map(({ expression }) => expression);

describe('mutantsOf()', () => {
  it('flips comparisons, doubles and halves what they compare with, and drops matchers', () => {
    expect(expressions('max(up{job="a",service!="b"}) > 4')).toEqual([
      'max(up{service!="b"}) > 4',
      'max(up{job="a"}) > 4',
      'max(up{job!="a",service!="b"}) > 4',
      'max(up{job="a",service="b"}) > 4',
      'max(up{job="a",service!="b"}) < 4',
      'max(up{job="a",service!="b"}) > 8',
      'max(up{job="a",service!="b"}) > 2',
    ]);
  });

  it('makes expressions that parse', () => {
    const model = storyModel('1m');
    const texts = storyAlerts(model).flatMap((alert) =>
      alert.branches.flatMap(({ expression }) => expressions(expression.render(ruleContext(model)))),
    );
    expect(texts.filter((text) => analyse(text).syntaxErrors.length > 0)).toEqual([]);
  });

  it('turns and into or, and drops a guard', () => {
    expect(expressions('a == 0 and on (x) b')).toEqual(['a == 0', 'a != 0 and on (x) b', 'a == 0 or on (x) b']);
  });

  it('drops a filter inside arithmetic, and scales factors', () => {
    expect(expressions('a / (b > 0)')).toEqual(['a / (b)', 'a / (b < 0)']);
    expect(expressions('a > (14 * (1 - b))')).toEqual([
      'a < (14 * (1 - b))',
      'a > (28 * (1 - b))',
      'a > (7 * (1 - b))',
    ]);
  });

  it('leaves alone what changes no result', () => {
    expect(expressions('a or 0 * sum(b{c="d"})')).toEqual(['a']);
  });
});
