/** Garbage collections as they happen. prom-client reads only the first entry of each batch and so misses many. */
import { constants, PerformanceObserver } from 'node:perf_hooks';

/** Values of the `kind` label by what V8 calls them. */
const kinds: ReadonlyMap<unknown, string> = new Map([
  [constants.NODE_PERFORMANCE_GC_MAJOR, 'major'],
  [constants.NODE_PERFORMANCE_GC_MINOR, 'minor'],
  [constants.NODE_PERFORMANCE_GC_INCREMENTAL, 'incremental'],
  [constants.NODE_PERFORMANCE_GC_WEAKCB, 'weakcb'],
]);

export const gcKinds: readonly string[] = [...kinds.values()];

/** Calls `onPause` for every collection, in seconds, until the function it returns is called. */
export function observeGc(onPause: (kind: string, seconds: number) => void): () => void {
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const kind = kinds.get((entry as { readonly detail?: { readonly kind?: unknown } }).detail?.kind);
      if (kind !== undefined) onPause(kind, entry.duration / 1_000);
    }
  });
  observer.observe({ entryTypes: ['gc'] });
  return () => observer.disconnect();
}
