/** Collected metrics as the text of either format. Equal to the clients' own, but for what OpenMetrics asks beyond it. */
import type { Collected, CollectedMetric } from './exposition-collect.ts';
import type { ExpositionFormat } from './exposition-format.ts';
import {
  escapeHelp,
  escapeQuoted,
  formatExemplar,
  formatLabel,
  formatLabels,
  formatNumber,
} from './exposition-text.ts';
import {
  type ExposedMetric,
  type ExposedValue,
  type LabelValues,
  type SeriesContext,
  type SeriesText,
  writeSeries,
} from './exposition-values.ts';

export function writeExposition({ metrics, defaultLabels }: Collected, format: ExpositionFormat): SeriesText {
  const names = new Set(metrics.map(({ name }) => name));
  const gap = format === 'text' ? '\n' : '';
  let text = '';
  let lines = 0;
  for (const metric of metrics) {
    const header = format === 'text' ? textHeader(metric) : openMetricsHeader(metric, names);
    const series = seriesOf(metric, { defaultLabels, withExemplars: header.takesExemplars });
    // Joining a list would copy the whole page once more.
    text += `${text === '' ? '' : gap}${header.text}${series.text}\n`;
    lines += series.lines;
  }
  return { text: format === 'text' ? text : `${text}# EOF\n`, lines };
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

function seriesOf({ name, values }: CollectedMetric, context: SeriesContext): SeriesText {
  if (writeSeries in values) return values[writeSeries](context);
  const write = seriesFormatter(name, values, context);
  let text = '';
  for (const value of values.values ?? []) text += write(value);
  return { text, lines: values.values?.length ?? 0 };
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
