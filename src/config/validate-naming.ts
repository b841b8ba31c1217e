/** How metrics are called: a naming of the kit, or names and labels of the user's own. */
import { nameableMetrics } from '../catalog/all-metrics.ts';
import type { MetricEntry } from '../catalog/metric.ts';
import { metricName, namedNamings, type Naming } from '../catalog/naming.ts';
import { namingProblems } from '../catalog/naming-problems.ts';
import { seriesOfPreset } from '../catalog/presets/all-presets.ts';
import { all, isRecord, oneOf, type Check } from './checks.ts';
import { keyPath, problem } from './problem.ts';

/** @param business entries of the user's own metrics, as far as they can be read */
export function validateNaming(business: readonly MetricEntry[]): Check {
  const metrics = [...nameableMetrics, ...business];
  const named = all(oneOf('naming', namedNamings), leavesNamesTo(business));
  return (naming, path) => {
    if (!isRecord(naming)) return named(naming, path);
    return namingProblems(naming, metrics).flatMap(({ keys, value, rule, known }) => {
      const at = keys.reduce(keyPath, path);
      return known === undefined ? [problem(rule, { path: at, value })] : oneOf(rule, known)(value, at);
    });
  };
}

/** A naming calls no metric of the catalog as one of the user's own is called already. */
function leavesNamesTo(business: readonly MetricEntry[]): Check {
  return (naming, path) => {
    const given = new Set([
      ...nameableMetrics.map((metric) => metricName(metric, naming as Naming)),
      ...seriesOfPreset(naming).map(({ entry }) => entry.name),
    ]);
    const taken = business.filter(({ name }) => given.has(name));
    return taken.map(({ name }) =>
      problem(`naming must not be one with a metric ${name}, which is declared under business`, {
        path,
        value: naming,
      }),
    );
  };
}
