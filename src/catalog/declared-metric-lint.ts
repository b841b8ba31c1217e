/** Checks of declared metrics that generator and runtime share: what one of them takes, the other takes. */
import { allMetrics } from './all-metrics.ts';
import { lintCatalog } from './catalog-lint.ts';
import type { MetricEntry } from './metric.ts';

/** What is wrong with each entry, in sentences that name it. */
export function declarationProblems(entries: readonly MetricEntry[]): readonly (readonly string[])[] {
  const fixed = allMetrics.filter(({ exposedBy }) => exposedBy !== 'business');
  return entries.map((entry, index) => {
    const others = [...fixed, ...entries.slice(0, index)].map(({ name }) => name);
    const taken = others.includes(entry.name) ? [`${entry.name} is the name of another metric`] : [];
    const strays = strayOtherwise(entry).map((label) => `${entry.name} records "${label}" as a value it does not list`);
    return [...lintCatalog([entry]), ...moneyProblems(entry), ...strays, ...taken];
  });
}

/** Amounts that are counted come in minor units: what those are depends on the currency. */
function moneyProblems({ name, unit, kind, labels }: MetricEntry): string[] {
  if (unit !== 'currency' || kind !== 'counter' || 'currency' in labels) return [];
  return [`${name} counts money, and needs a label "currency"`];
}

/** Labels whose other values would be recorded as one that no panel knows. */
function strayOtherwise({ labels }: MetricEntry): string[] {
  return Object.entries(labels).flatMap(([label, spec]) => {
    const isStray = spec.values !== undefined && spec.otherwise !== undefined && !spec.values.includes(spec.otherwise);
    return isStray ? [label] : [];
  });
}
