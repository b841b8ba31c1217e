/** Series that are held on to: labels are looked up once, so that recording makes no keys and no objects. */
import type { Count, CountedCounter } from './counted-counter.ts';
import type { CountedHistogram, Counts } from './counted-histogram.ts';

export interface Observations {
  observe(value: number): void;
}

export interface Tally {
  /** @param count A whole number; 0 adds nothing. */
  add(count: number): void;
}

type Labels = Readonly<Record<string, string>>;
type SeriesSource = Pick<CountedHistogram | CountedCounter, 'addSeries'>;
type Series = ReturnType<SeriesSource['addSeries']>;

/** Hangs on the metric: recorders of two namings may share it, and two copies of this package. */
const seriesByLabels = Symbol.for('telltale.series');

/** The one series of a label set, made on first sight. */
function seriesOf(metric: SeriesSource, labels: Labels): Series {
  const holder = metric as { [seriesByLabels]?: Map<string, Series> };
  const known = (holder[seriesByLabels] ??= new Map());
  const key = JSON.stringify(Object.entries(labels));
  const series = known.get(key) ?? metric.addSeries(labels);
  known.set(key, series);
  return series;
}

export class HistogramSeries implements Observations {
  readonly #histogram: CountedHistogram;
  readonly #counts: Counts;

  constructor(histogram: CountedHistogram, labels: Labels) {
    this.#histogram = histogram;
    this.#counts = seriesOf(histogram, labels);
  }

  observe(value: number): void {
    // One NaN would make the sum NaN for good.
    if (Number.isFinite(value)) this.#histogram.observe(this.#counts, value);
  }
}

export class CounterSeries implements Tally {
  readonly #counter: CountedCounter;
  readonly #count: Count;

  constructor(counter: CountedCounter, labels: Labels) {
    this.#counter = counter;
    this.#count = seriesOf(counter, labels);
  }

  add(count: number): void {
    // One by one: it is nearly always one, and the counter of the requests can do no other.
    for (let left = count; left > 0; left -= 1) this.#counter.inc(this.#count);
  }
}

/** Of labels that have no place in the metric's bounds. */
export const nowhere: Observations & Tally = { observe: () => {}, add: () => {} };
