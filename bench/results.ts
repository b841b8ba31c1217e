/** Everything a run has measured, before it is judged or printed. */
import type { RuntimeResult } from './measure/runtime.ts';
import type { Estimate } from './statistics.ts';

/** Of one contestant, less its baseline, per request. */
export interface IsolatedResult {
  readonly nanos: Estimate;
}

/** Of one contestant, less its baseline, per request. */
export interface AllocationResult {
  readonly bytesAllocated: number;
  readonly closuresInFlight: number;
  readonly objectsInFlight: number;
  readonly closuresRetained: number;
  readonly objectsRetained: number;
  readonly bytesRetained: number;
}

/** CPU time of the server per request. */
export interface CpuResult {
  readonly totalMicros: number;
  /** Less the baseline. */
  readonly addedMicros: Estimate;
}

export interface CpuResults {
  readonly pairs: number;
  /** The smallest true difference that this many pairs with this noise would have found. */
  readonly detectableMicros: number;
  readonly byContestant: ReadonlyMap<string, CpuResult>;
}

export interface ScrapeResult {
  readonly lines: number;
  readonly oursMillis: Estimate;
  /** `registry.metrics()` of the same registry, ours included. */
  readonly sameRegistryMillis: Estimate;
  /** `registry.metrics()` of the client's own metrics with the same values. */
  readonly clientMillis: Estimate;
  readonly isEqual: boolean;
  readonly labelSets: number;
  readonly bytesPerLabelSet: { readonly ours: HeldBytes; readonly client: HeldBytes };
}

/** What is held, as long as nobody has scraped and from then on: a first scrape fills caches that stay. */
export interface HeldBytes {
  readonly beforeScrape: number;
  readonly afterScrape: number;
}

export interface StartUpResult {
  readonly importMillis: Estimate;
  readonly generateMillis: Estimate;
}

/** Of one call through a drop-in. */
export interface AddedResult {
  readonly bareNanos: number;
  readonly addedNanos: Estimate;
  /** What a second bare one added. */
  readonly noiseNanos: Estimate;
  /** The smallest true difference that this many rounds with this noise would have found. */
  readonly detectableNanos: number;
}

export interface DropInResults {
  readonly poolQuery: AddedResult;
  readonly cacheGet: AddedResult;
}

export interface Results {
  readonly isolated: ReadonlyMap<string, IsolatedResult>;
  readonly allocations: ReadonlyMap<string, AllocationResult>;
  readonly cpu: CpuResults;
  readonly scrape: ScrapeResult;
  readonly startUp: StartUpResult;
  readonly runtime: RuntimeResult;
  readonly dropIns: DropInResults;
}
