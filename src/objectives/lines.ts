/** Objective lines on panels: where a number stops being good. */

export interface ObjectiveLines {
  /** Median, 95th and 99th percentile of request duration, in seconds. */
  readonly latencyP50Seconds: number;
  readonly latencyP95Seconds: number;
  readonly latencyP99Seconds: number;
  /** Requests a second that one service is built for. */
  readonly capacityRequestsPerSecond: number;
  /** Connections of the database server. */
  readonly databaseConnections: number;
}

export const defaultLines: ObjectiveLines = {
  latencyP50Seconds: 0.1,
  latencyP95Seconds: 0.2,
  latencyP99Seconds: 0.5,
  capacityRequestsPerSecond: 1_000,
  databaseConnections: 50,
};
