/** Medians, and what can be said about the median of paired differences without assuming how they are spread. */

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** A median with the interval that covers the true one in 95 % of runs. */
export interface Estimate extends Interval {
  readonly median: number;
}

/** The mean of the middle two for an even count. NaN for none. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Interpolated between neighbours. NaN for no values. */
export function quantile(values: readonly number[], ratio: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  const at = (sorted.length - 1) * ratio;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? below;
  return below + (above - below) * (at - Math.floor(at));
}

/** The second list less the first, round by round. */
export function pairedDifferences(baseline: readonly number[], values: readonly number[]): number[] {
  if (baseline.length !== values.length) {
    throw new Error(`Cannot pair ${values.length} values with ${baseline.length}: each round must have both`);
  }
  return values.map((value, round) => value - (baseline[round] as number));
}

/**
 * The median and its distribution-free 95 % interval: order statistics chosen by the binomial distribution. Below six
 * values no interval covers 95 %: then it is the whole range.
 */
export function estimate(values: readonly number[]): Estimate {
  const sorted = values.toSorted((left, right) => left - right);
  const rank = intervalRank(sorted.length);
  return {
    median: median(sorted),
    low: sorted[rank] ?? Number.NaN,
    high: sorted[sorted.length - 1 - rank] ?? Number.NaN,
  };
}

/** How many values may be cut off at either end: the most for which both tails together stay within 5 %. */
export function intervalRank(count: number): number {
  let tail = 0;
  let probability = 0.5 ** count;
  for (let cut = 0; cut < count / 2; cut += 1) {
    tail += probability;
    if (tail > 0.025) return Math.max(0, cut - 1);
    probability *= (count - cut) / (cut + 1);
  }
  return 0;
}

export function overlaps(one: Interval, other: Interval): boolean {
  return one.low <= other.high && other.low <= one.high;
}

/**
 * The smallest true difference that as many pairs with this spread find at the 5 % level in 80 % of runs: 2.8 standard
 * errors of a median, with the spread taken from the median absolute deviation.
 */
export function detectableEffect(differences: readonly number[]): number {
  const middle = median(differences);
  const deviation = 1.4826 * median(differences.map((value) => Math.abs(value - middle)));
  return (2.8 * 1.2533 * deviation) / Math.sqrt(differences.length);
}
