/** Collected metrics as the text of either format. Equal to the clients' own, but for what OpenMetrics asks beyond it. */
import type { Collected, CollectedMetric } from './collect.ts';
import type { ExpositionFormat } from './format.ts';
import { Page } from '../metrics/exposed-page.ts';
import {
  escapeHelp,
  escapeQuoted,
  formatExemplar,
  formatLabel,
  formatLabels,
  formatNumber,
} from '../metrics/exposed-text.ts';
import {
  type ExposedMetric,
  type ExposedValue,
  type LabelValues,
  type SeriesContext,
  writeSeries,
} from '../metrics/exposed-values.ts';

export interface WrittenExposition {
  readonly body: Buffer;
  /** Series, headers left out. */
  readonly lines: number;
}

/** @param expectedBytes What the body may need: less costs time, more costs memory while it is being sent. */
export function writeExposition(
  { metrics, defaultLabels }: Collected,
  format: ExpositionFormat,
  expectedBytes = 0,
): WrittenExposition {
  const page = new Page(expectedBytes);
  const names = new Set(metrics.map(({ name }) => name));
  let lines = 0;
  for (const [index, metric] of metrics.entries()) {
    const header = format === 'text' ? textHeader(metric) : openMetricsHeader(metric, names);
    page.write(index > 0 && format === 'text' ? `\n${header.text}` : header.text);
    lines += writeSeriesOf(metric, { defaultLabels, withExemplars: header.takesExemplars }, page);
    page.write('\n');
  }
  if (format === 'openmetrics') page.write('# EOF\n');
  return { body: page.finish(), lines };
}

interface Header {
  readonly text: string;
  readonly takesExemplars: boolean;
}

function textHeader({ name, values: { help, type } }: CollectedMetric): Header {
  return { text: `# HELP ${name} ${escapeHelp(help)}\n# TYPE ${name} ${type}`, takesExemplars: false };
}

/**
 * OpenMetrics names a counter without the suffix that its series must have. A counter that has none is of unknown type:
 * the alternative would be to rename somebody's series. So is one whose short name is that of another metric.
 */
function openMetricsHeader({ name, values }: CollectedMetric, names: ReadonlySet<string>): Header {
  const isCounter = values.type === 'counter';
  const short = isCounter && name.endsWith('_total') ? name.slice(0, -'_total'.length) : name;
  const isUnknown = values.type === 'untyped' || (isCounter && names.has(short));
  const [family, type] = isUnknown ? [name, 'unknown'] : [short, values.type];
  return {
    text: `# HELP ${family} ${escapeQuoted(values.help)}\n# TYPE ${family} ${type}`,
    takesExemplars: type === 'counter' || type === 'histogram',
  };
}

function writeSeriesOf({ name, values }: CollectedMetric, context: SeriesContext, page: Page): number {
  if (writeSeries in values) return values[writeSeries](context, page);
  const format = seriesFormatter(name, values, context);
  for (const value of values.values ?? []) page.write(format(value));
  return values.values?.length ?? 0;
}

function seriesFormatter(name: string, metric: ExposedMetric, context: SeriesContext): (value: ExposedValue) => string {
  const join = labelJoiner(context.defaultLabels);
  const takesExemplar = (series: string): boolean => metric.type === 'counter' || series.endsWith('_bucket');
  return ({ metricName, labels = none, sharedLabels = none, value, exemplar }) => {
    const series = metricName === undefined || metricName === metric.name ? name : metricName;
    const line = `\n${series}${join(labels, sharedLabels)} ${formatNumber(value)}`;
    if (!context.withExemplars || exemplar === undefined || exemplar === null) return line;
    return takesExemplar(series) ? `${line}${formatExemplar(exemplar)}` : line;
  };
}

const none: LabelValues = Object.freeze({});

/** A value's own labels, the defaults it does not set itself, and those it shares: in this order, as the clients do. */
function labelJoiner(defaults: SeriesContext['defaultLabels']): (own: LabelValues, shared: LabelValues) => string {
  const formatShared = lastRemembered(formatLabels);
  return (own, shared) => {
    let text = '';
    for (const name of Object.keys(own)) {
      if (shared === none || !Object.hasOwn(shared, name)) text += comma(text) + formatLabel(name, own[name]);
    }
    for (const [name, formatted] of defaults) {
      if (!Object.hasOwn(own, name) && !Object.hasOwn(shared, name)) text += comma(text) + formatted;
    }
    const sharedText = formatShared(shared);
    if (sharedText !== '') text += comma(text) + sharedText;
    return text === '' ? '' : `{${text}}`;
  };
}

function comma(before: string): string {
  return before === '' ? '' : ',';
}

/** Values that share labels come one after the other. */
function lastRemembered(format: (labels: LabelValues) => string): (labels: LabelValues) => string {
  let last: LabelValues | undefined;
  let text = '';
  return (labels) => {
    if (labels !== last) text = format(labels);
    last = labels;
    return text;
  };
}
