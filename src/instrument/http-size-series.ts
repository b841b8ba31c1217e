/** Which series the sizes of a request belong to: those of its route and method, or of its status too. */
import { httpCatalog } from '../catalog/http.ts';
import { type Naming, recordedAs } from '../catalog/naming.ts';
import type { Counts } from './http-histogram.ts';
import type { SeriesSource, Slot, SlotHistograms, SlotTable } from './http-slots.ts';

export type SizeCounts = Pick<Slot, 'requestSizes' | 'responseSizes'>;

export interface SizeSeries {
  /** What slots are made with. */
  readonly histograms: SlotHistograms;
  of(slot: Slot, status: number, slots: SlotTable): SizeCounts;
}

/** @param histograms What is registered. */
export function sizeSeries(histograms: SlotHistograms, naming: Naming): SizeSeries {
  const hasStatus = 'status_code' in recordedAs(httpCatalog.requestSize, naming).labels;
  return hasStatus ? byStatus(histograms) : { histograms, of: (slot) => slot };
}

/** A status gets its size series together with that of its durations, so that one cap holds for both. */
function byStatus({ duration, requestSize, responseSize }: SlotHistograms): SizeSeries {
  const sizesOf = new WeakMap<Counts, SizeCounts>();
  const withSizes: SeriesSource = {
    addSeries: (labels) => {
      const counts = duration.addSeries(labels);
      sizesOf.set(counts, {
        requestSizes: requestSize.addSeries(labels),
        responseSizes: responseSize.addSeries(labels),
      });
      return counts;
    },
  };
  return {
    histograms: { duration: withSizes, requestSize: noSeries, responseSize: noSeries },
    of: (slot, status, slots) => sizesOf.get(slots.durationsOf(slot, status)) ?? slot,
  };
}

const nothing: Counts = new Float64Array(0);
/** In the place of the sizes of a slot, which nobody records into. */
const noSeries: SeriesSource = { addSeries: () => nothing };
