/** The latest sampled request of each bucket. Empty, and never asked, while nothing traces. */
import type { CurrentTrace } from '../../correlation/current-trace.ts';
import type { ExposedExemplar } from './exposed-values.ts';

/** By bucket, that of +Inf last. */
export type Exemplars = readonly (ExposedExemplar | undefined)[];

export class BucketExemplars {
  /** By where the numbers of a series begin. */
  readonly #series = new Map<number, (ExposedExemplar | undefined)[]>();

  keep(counts: number, bucket: number, value: number, { traceId, spanId }: CurrentTrace): void {
    const buckets = this.#series.get(counts) ?? this.#add(counts);
    buckets[bucket] = { labelSet: { trace_id: traceId, span_id: spanId }, value, timestamp: Date.now() / 1_000 };
  }

  of(counts: number): Exemplars | undefined {
    return this.#series.size === 0 ? undefined : this.#series.get(counts);
  }

  clear(): void {
    this.#series.clear();
  }

  #add(counts: number): (ExposedExemplar | undefined)[] {
    const buckets: (ExposedExemplar | undefined)[] = [];
    this.#series.set(counts, buckets);
    return buckets;
  }
}
