/** Which series the sizes of a request belong to: those of its route and method, or of its status too. */
import { httpCatalog } from '../../catalog/http.ts';
import { type Naming, recordedAs } from '../../catalog/naming.ts';
import type { Counts } from '../metrics/counted-histogram.ts';
import type { SeriesSource, Slot, SlotHistograms } from './slots.ts';

export type SizeCounts = Pick<Slot, 'requestSizes' | 'responseSizes'>;

export interface SizeSeries {
  /** What slots are made with. */
  readonly histograms: SlotHistograms;
  readonly byStatus: boolean;
  /** @param durations Of the same request; undefined for a stream, unless `byStatus`. */
  of(slot: Slot, durations: Counts | undefined): SizeCounts;
}

/** @param histograms What is registered. */
export function sizeSeries(histograms: SlotHistograms, naming: Naming): SizeSeries {
  const hasStatus = 'status_code' in recordedAs(httpCatalog.requestSize, naming).labels;
  return hasStatus ? byStatus(histograms) : { histograms, byStatus: false, of: (slot) => slot };
}

/** A status gets its size series together with that of its durations, so that one cap holds for both. */
function byStatus({ duration, requestSize, responseSize }: SlotHistograms): SizeSeries {
  const ofDurations = new Map<Counts, SizeCounts>();
  const ofStatus = new Map<string, SizeCounts>();
  const withSizes: SeriesSource = {
    addSeries: (labels) => {
      const counts = duration.addSeries(labels);
      // Sizes have none of the user's own labels.
      const { method = '', route = '', status_code = '' } = labels;
      const own = { method, route, status_code };
      const key = JSON.stringify(own);
      const sizes = ofStatus.get(key) ?? {
        requestSizes: requestSize.addSeries(own),
        responseSizes: responseSize.addSeries(own),
      };
      ofStatus.set(key, sizes);
      ofDurations.set(counts, sizes);
      return counts;
    },
  };
  return {
    histograms: { duration: withSizes, requestSize: noSeries, responseSize: noSeries },
    byStatus: true,
    of: (slot, durations) => (durations === undefined ? undefined : ofDurations.get(durations)) ?? slot,
  };
}

const nothing: Counts = -1;
/** In the place of the sizes of a slot, which nobody records into. */
const noSeries: SeriesSource = { addSeries: () => nothing };
