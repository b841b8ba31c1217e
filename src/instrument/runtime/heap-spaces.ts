/** The spaces of V8's heap: young and old objects, code, large objects. */
import { getHeapSpaceStatistics } from 'node:v8';
import { nodejsDefaultsCatalog as defaults } from '../../catalog/nodejs-defaults.ts';
import { nodejsCatalog as nodejs } from '../../catalog/nodejs.ts';
import type { BoundedMetrics } from '../metrics/bounded-metrics.ts';

/** Which spaces there are depends on the version of V8, and stays while the process lives. */
export function recordHeapSpaces(metrics: BoundedMetrics): void {
  metrics.gauge(defaults.heapSpaceTotal, (total) => {
    for (const heapSpace of getHeapSpaceStatistics()) {
      const labels = { space: heapSpace.space_name.replace(/_space$/, '') };
      total.set(labels, heapSpace.space_size);
      used.set(labels, heapSpace.space_used_size);
      available.set(labels, heapSpace.space_available_size);
    }
  });
  const used = metrics.gauge(nodejs.heapSpaceUsed);
  const available = metrics.gauge(defaults.heapSpaceAvailable);
}
