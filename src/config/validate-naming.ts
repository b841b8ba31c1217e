/** How metrics are called: a naming of the kit, or names and labels of the user's own. */
import { nameableMetrics } from '../catalog/all-metrics.ts';
import type { MetricEntry } from '../catalog/metric.ts';
import { namedNamings } from '../catalog/naming.ts';
import { namingProblems } from '../catalog/naming-problems.ts';
import { isRecord, oneOf, type Check } from './checks.ts';
import { keyPath, problem } from './problem.ts';

/** @param business entries of the user's own metrics, as far as they can be read */
export function validateNaming(business: readonly MetricEntry[]): Check {
  const metrics = [...nameableMetrics, ...business];
  return (naming, path) => {
    if (!isRecord(naming)) return oneOf('naming', namedNamings)(naming, path);
    return namingProblems(naming, metrics).flatMap(({ keys, value, rule, known }) => {
      const at = keys.reduce(keyPath, path);
      return known === undefined ? [problem(rule, { path: at, value })] : oneOf(rule, known)(value, at);
    });
  };
}
