/** Service level objectives: what share of requests must be good, over which time. */

/** `availability`: a request is bad when answered with a 5xx. `latency`: when it takes longer than `thresholdSeconds`. */
export type Slo =
  | {
      readonly name: string;
      readonly kind: 'availability';
      readonly objectiveRatio: number;
      readonly routes?: readonly string[];
    }
  | {
      readonly name: string;
      readonly kind: 'latency';
      readonly objectiveRatio: number;
      /** Must be a bucket bound of the request histogram. */
      readonly thresholdSeconds: number;
      /** Route templates that the SLO covers; all of them when left out. */
      readonly routes?: readonly string[];
    };

/** The budget is counted over this many days. */
export const budgetDays = 30;

export const defaultSlos: readonly Slo[] = [
  { name: 'availability', kind: 'availability', objectiveRatio: 0.999 },
  { name: 'latency', kind: 'latency', objectiveRatio: 0.99, thresholdSeconds: 0.5 },
];
