/** What a series is called in a legend, as Grafana's Prometheus data source calls it. */
import type { Labels } from '../prometheus/answer.ts';

const placeholder = /\{\{\s*(.+?)\s*\}\}/g;

export interface Named {
  /** `{{label}}` stands for a label's value, `__auto` leaves it to what draws. */
  readonly legendFormat: string;
  /** After interpolation. */
  readonly expr: string;
}

/** @returns undefined when whoever draws makes a name of the labels that differ */
export function seriesName(labels: Labels, { legendFormat, expr }: Named): string | undefined {
  const name = legendName(labels, legendFormat);
  return name === '{}' ? expr : name;
}

function legendName(labels: Labels, legendFormat: string): string | undefined {
  if (legendFormat === '__auto') return Object.keys(labels).length > 0 ? undefined : '{}';
  if (legendFormat === '') return seriesAsText(labels);
  const filled = fillLabels(legendFormat, labels, () => '');
  return filled === '' ? undefined : filled;
}

/** @param missing what stands where a label is missing or empty */
export function fillLabels(format: string, labels: Labels, missing: (label: string) => string): string {
  return format.replace(placeholder, (_match, label: string) => labels[label] || missing(label));
}

/** `up{instance="a", job="b"}` */
function seriesAsText({ __name__: name = '', ...labels }: Labels): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  if (pairs.length === 0 && name !== '') return name;
  return `${name}{${pairs.toSorted().join(', ')}}`;
}
