/** The lines of a histogram, from pieces: how a line starts is common to all series, its labels to all lines of one. */
import { flat, labelWriter, type NamedLabel } from './exposed-labels.ts';
import type { Page } from './exposed-page.ts';
import { formatExemplar, formatLabel, formatNumber } from './exposed-text.ts';
import type { SeriesContext } from './exposed-values.ts';
import type { BucketExemplars, Exemplars } from './bucket-exemplars.ts';

export interface CountedSeries {
  /** As given. */
  readonly labels: readonly Readonly<Record<string, string>>[];
  /** Those of all series, one series after the other. */
  readonly numbers: Float64Array;
  readonly exemplars: BucketExemplars;
}

interface OneSeries {
  readonly numbers: Float64Array;
  readonly from: number;
  readonly exemplars: Exemplars | undefined;
}

interface LineStarts {
  /** One per bound, and that of +Inf. */
  readonly buckets: readonly string[];
  readonly sum: string;
  readonly count: string;
}

export class HistogramText {
  readonly #name: string;
  readonly #labels: readonly NamedLabel[];
  readonly #bounds: readonly (number | '+Inf')[];

  constructor(name: string, labels: readonly NamedLabel[], bounds: readonly number[]) {
    this.#name = name;
    this.#labels = labels;
    this.#bounds = [...bounds, '+Inf'];
  }

  /** Gives how many lines it has written. */
  write({ labels, numbers, exemplars }: CountedSeries, context: SeriesContext, page: Page): number {
    const starts = this.#lineStarts(context.defaultLabels);
    const stride = this.#bounds.length + 1;
    const restOf = labelWriter(this.#labels);
    for (const [index, each] of labels.entries()) {
      const from = index * stride;
      const kept = context.withExemplars ? exemplars.of(from) : undefined;
      page.write(linesOf({ numbers, from, exemplars: kept }, starts, restOf(each)));
    }
    return labels.length * (this.#bounds.length + 2);
  }

  /** The registry's default labels come after `le` and before the series' own, which win. */
  #lineStarts(defaultLabels: SeriesContext['defaultLabels']): LineStarts {
    const own = new Set(this.#labels.map(({ exposed }) => exposed));
    const defaults = [...defaultLabels].filter(([name]) => !own.has(name));
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
    if (this.#labels.length > 0) return flat([name, '{', ...labels.map((label) => `${label},`)]);
    return flat(labels.length === 0 ? [name, ' '] : [name, '{', labels.join(','), '} ']);
  }
}

function linesOf({ numbers, from, exemplars }: OneSeries, starts: LineStarts, rest: string): string {
  let text = '';
  let count = 0;
  // Most buckets stand where the one before them does.
  let end = `${rest}0`;
  const { buckets } = starts;
  for (let bucket = 0; bucket < buckets.length; bucket += 1) {
    const added = numbers[from + bucket] as number;
    if (added !== 0) {
      count += added;
      end = flat([rest, String(count)]);
    }
    text += (buckets[bucket] as string) + end;
    const exemplar = exemplars?.[bucket];
    if (exemplar !== undefined) text += formatExemplar(exemplar);
  }
  const sum = numbers[from + buckets.length] as number;
  return `${text}${starts.sum}${rest}${formatNumber(sum)}${starts.count}${end}`;
}
