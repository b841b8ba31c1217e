/** How a canary grows, and when it is rolled back. */

export interface CanaryStage {
  readonly percent: number;
  readonly hours: number;
}

export const canaryStages: readonly CanaryStage[] = [
  { percent: 10, hours: 1 },
  { percent: 50, hours: 2 },
  { percent: 100, hours: 24 },
];

/** Against the version that runs: worse than this is a reason to roll back. */
export const canaryLimits = {
  /** 5xx share of the canary may exceed that of the running version by so much (0-1). */
  errorRatioAbove: 0.01,
  /** p95 and event loop lag of the canary, as a multiple of those of the running version. */
  timesSlower: 1.2,
  /** A multiple of almost nothing is almost nothing: below so many seconds a multiple does not count. */
  slowerAtLeastSeconds: 0.05,
} as const;
