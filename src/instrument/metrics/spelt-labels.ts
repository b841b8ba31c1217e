/** Values of labels as a naming spells them. */
import type { MetricEntry } from '../../catalog/metric.ts';
import { labelValue, type Naming } from '../../catalog/naming.ts';

type Labels = Readonly<Record<string, string>>;

/** Gives the same object wherever it can: the metrics of a route then share their labels. */
export function labelSpeller(entry: MetricEntry, naming: Naming): (labels: Labels) => Labels {
  const spell = (label: string, value: string): string => labelValue(entry, label, value, naming);
  return (labels) => {
    const isSpelt = Object.entries(labels).every(([label, value]) => spell(label, value) === value);
    if (isSpelt) return labels;
    return Object.fromEntries(Object.entries(labels).map(([label, value]) => [label, spell(label, value)]));
  };
}
