import { describe, expect, it } from 'vitest';
import { packOf } from '../../src/generate.ts';
import { checkExpressions } from '../../src/stack/check-expressions.ts';

const pack = packOf();
const withExpression = (expression: string): typeof pack => ({
  ...pack,
  alerts: pack.alerts.slice(0, 1).map((alert) => ({ ...alert, expression })),
});

describe('checkExpressions()', () => {
  it('lets the shipped pack pass', () => {
    expect(() => checkExpressions(pack)).not.toThrow();
  });

  it.each([
    ['checkout_seconds > 3', 'selects "checkout_seconds", which is not in the catalog'],
    ['sum by (pool) (up) > 3', 'groups by label "pool", which none of up has'],
    ['sum by (service (up)', 'does not parse near'],
  ])('refuses %s', (expression, problem) => {
    expect(() => checkExpressions(withExpression(expression))).toThrow(`as its expression ${problem}`);
  });
});
