/** Names and labels of the user's own for metrics of the catalog. */
import { allMetrics } from '../catalog/all-metrics.ts';
import type { Exposer } from '../catalog/exposers.ts';
import type { MetricEntry } from '../catalog/metric.ts';
import { metricName as nameIn, type Naming } from '../catalog/naming.ts';
import { each, fields, isRecord, oneOf, record, type Check } from './checks.ts';
import { fieldOf } from './cross-checks.ts';
import { keyPath, problem } from './problem.ts';
import { labelName, metricName } from './value-checks.ts';

/** What is not scraped under a name of its own, or declared by the user. */
const fixed: ReadonlySet<Exposer> = new Set(['rules', 'alerts', 'scrape', 'business']);

/** @param business entries of the user's own metrics, as far as they can be read */
export function validateNaming(business: readonly MetricEntry[]): Check {
  const metrics = [...allMetrics.filter(({ exposedBy }) => !fixed.has(exposedBy)), ...business];
  const names = metrics.map(({ name }) => name);
  return (value, path) => {
    if (!isRecord(value)) return oneOf('naming', ['prometheus', 'otel'])(value, path);
    const custom = fields('a name', { name: metricName, labels: record('labels', () => [], labelName) });
    return each(
      record('naming', (name) => oneOf('the metric to rename', names)(name, keyPath(path, String(name))), custom),
      labelsExist(metrics),
      noneTaken(metrics),
    )(value, path);
  };
}

/** Labels that are renamed are labels of the metric. */
function labelsExist(metrics: readonly MetricEntry[]): Check {
  return (value, path) =>
    metrics.flatMap((metric) => {
      const labels = fieldOf(fieldOf(value, metric.name), 'labels');
      const check = oneOf(`the label of ${metric.name} to rename`, Object.keys(metric.labels));
      const at = keyPath(keyPath(path, metric.name), 'labels');
      return isRecord(labels) ? Object.keys(labels).flatMap((label) => check(label, keyPath(at, label))) : [];
    });
}

/** No two metrics end up with one name. */
function noneTaken(metrics: readonly MetricEntry[]): Check {
  return (value, path) => {
    const names = metrics.map((metric) => nameIn(metric, value as Naming));
    return metrics.flatMap((metric, index) => {
      const name = fieldOf(fieldOf(value, metric.name), 'name');
      const other = metrics.find((_, place) => place !== index && names[place] === name);
      if (typeof name !== 'string' || other === undefined) return [];
      const at = keyPath(keyPath(path, metric.name), 'name');
      return [problem(`the name of ${metric.name} must not be that of ${other.name}`, { path: at, value: name })];
    });
  };
}
