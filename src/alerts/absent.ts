/** Series that vanished: `absent()` only has the labels of its matchers, so each service asks for its own. */
import type { IdentityLabel } from '../catalog/exposers.ts';
import type { Expression } from '../promql/expression.ts';
import { promql } from '../promql/expression.ts';

/**
 * 1 while there is no such series.
 * @param selector must match environment and service by equality.
 */
export function absent<const K extends string>(selector: Expression, labels: readonly K[]): Expression<K> {
  return { ...promql`absent(${selector})`, labels, atomic: true };
}

/** The identity pair, as `absent` of one service carries it. */
export const absentIdentity = ['environment', 'service'] as const satisfies readonly IdentityLabel[];
