/** Numbers, labels and exemplars as both formats write them. */
import type { ExposedExemplar, LabelValues } from './exposed-values.ts';

/** OpenMetrics allows no more, names and values together. */
const exemplarCharacters = 128;

export function formatNumber(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? 'NaN' : value < 0 ? '-Inf' : '+Inf';
}

/** @example formatLabel('path', 'C:\\') // path="C:\\\\" */
export function formatLabel(name: string, value: string | number | undefined): string {
  return `${name}="${typeof value === 'string' ? escapeQuoted(value) : value}"`;
}

/** @example formatLabels({ method: 'GET', status_code: 200 }) // method="GET",status_code="200" */
export function formatLabels(labels: LabelValues): string {
  return Object.entries(labels)
    .map(([name, value]) => formatLabel(name, value))
    .join(',');
}

/** In Prometheus' text, the quotes in a help text stay as they are. */
export function escapeHelp(help: string): string {
  return help.replaceAll('\\', String.raw`\\`).replaceAll('\n', String.raw`\n`);
}

/** For label values, and for help texts in OpenMetrics. */
export function escapeQuoted(text: string): string {
  return /[\\\n"]/.test(text) ? escapeHelp(text).replaceAll('"', String.raw`\"`) : text;
}

/** The end of a line that has an exemplar; empty for one that would make scrapers refuse the whole page. */
export function formatExemplar({ labelSet, value, timestamp }: ExposedExemplar): string {
  const characters = Array.from(Object.entries(labelSet).flat().join(''));
  if (characters.length > exemplarCharacters) return '';
  const time = timestamp === undefined ? '' : ` ${timestamp}`;
  return ` # {${formatLabels(labelSet)}} ${formatNumber(value)}${time}`;
}
