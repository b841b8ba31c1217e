/** The lines of a histogram, from pieces: how a line starts is common to all series, its labels to all lines of one. */
import { formatExemplar, formatLabel, formatLabels, formatNumber } from './exposition-text.ts';
import type { SeriesContext, SeriesText } from './exposition-values.ts';
import type { BucketExemplars, Exemplars } from './http-exemplars.ts';

export interface CountedSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly counts: Float64Array;
}

interface LineStarts {
  /** One per bound, and that of +Inf. */
  readonly buckets: readonly string[];
  readonly sum: string;
  readonly count: string;
}

export class HistogramText {
  readonly #name: string;
  readonly #labelNames: readonly string[];
  readonly #bounds: readonly (number | '+Inf')[];
  /** What follows a line's start, up to its value. At the index of the series. */
  readonly #rests: string[] = [];

  constructor(name: string, labelNames: readonly string[], bounds: readonly number[]) {
    this.#name = name;
    this.#labelNames = labelNames;
    this.#bounds = [...bounds, '+Inf'];
  }

  write(all: readonly CountedSeries[], context: SeriesContext, exemplars: BucketExemplars): SeriesText {
    const starts = this.#lineStarts(context.defaultLabels);
    let text = '';
    for (const [index, { labels, counts }] of all.entries()) {
      const rest = (this.#rests[index] ??= flat(this.#labelNames.length === 0 ? [] : [formatLabels(labels), '} ']));
      text += linesOf(counts, starts, rest, context.withExemplars ? exemplars.of(counts) : undefined);
    }
    return { text, lines: all.length * (this.#bounds.length + 2) };
  }

  /** The registry's default labels come after `le` and before the series' own, which win. */
  #lineStarts(defaultLabels: SeriesContext['defaultLabels']): LineStarts {
    const defaults = [...defaultLabels].filter(([name]) => !this.#labelNames.includes(name));
    const all = defaults.map(([, formatted]) => formatted);
    const beside = defaults.filter(([name]) => name !== 'le').map(([, formatted]) => formatted);
    return {
      buckets: this.#bounds.map((bound) => this.#lineStart('_bucket', [formatLabel('le', bound), ...beside])),
      sum: this.#lineStart('_sum', all),
      count: this.#lineStart('_count', all),
    };
  }

  #lineStart(suffix: string, labels: readonly string[]): string {
    const name = `\n${this.#name}${suffix}`;
    if (this.#labelNames.length > 0) return flat([name, '{', ...labels.map((label) => `${label},`)]);
    return flat(labels.length === 0 ? [name, ' '] : [name, '{', labels.join(','), '} ']);
  }
}

function linesOf(counts: Float64Array, starts: LineStarts, rest: string, exemplars: Exemplars | undefined): string {
  let text = '';
  let count = 0;
  for (const [bucket, start] of starts.buckets.entries()) {
    count += counts[bucket] as number;
    const exemplar = exemplars?.[bucket];
    text += start + rest + String(count);
    if (exemplar !== undefined) text += formatExemplar(exemplar);
  }
  const sum = counts[starts.buckets.length] as number;
  return `${text}${starts.sum}${rest}${formatNumber(sum)}${starts.count}${rest}${count}`;
}

/** In one piece: V8 would walk through the parts again in each line that has them. */
function flat(parts: readonly string[]): string {
  return parts.join('');
}
