/** Bucket bounds. A threshold on a latency must be one of these bounds, or the quantile would be interpolated. */

/**
 * The 14 bounds of OpenTelemetry's HTTP semantic conventions, and 0.2 s, which the p95 objective needs. Seconds.
 * Source: https://opentelemetry.io/docs/specs/semconv/http/http-metrics/
 */
export const durationSeconds = [
  0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.2, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
] as const;

/** 100 B to 10 MB by factors of 10. Bytes. */
export const sizeBytes = [100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000] as const;

/** Queries and cache operations: finer below a millisecond than requests. Seconds. */
export const storageSeconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

/** Background jobs: 100 ms to an hour. Seconds. */
export const jobSeconds = [0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 1_800, 3_600] as const;

/** Garbage collections, prom-client's own bounds. Seconds. */
export const gcSeconds = [0.001, 0.01, 0.1, 1, 2, 5] as const;
