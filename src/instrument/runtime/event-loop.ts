/** Event loop delay and utilization since the last scrape. */
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';

/** Node samples the delay with a timer of this period, and counts the period itself as delay. */
const resolutionMillis = 10;

export interface EventLoopLag {
  readonly minSeconds: number;
  readonly maxSeconds: number;
  readonly meanSeconds: number;
  readonly stddevSeconds: number;
  readonly p50Seconds: number;
  readonly p90Seconds: number;
  readonly p99Seconds: number;
}

export interface EventLoopLagMonitor {
  /** The delay since the last call, or null when no sample was taken since. */
  readonly take: () => EventLoopLag | null;
  readonly stop: () => void;
}

/** Watches the delay of the event loop; an idle loop has a delay of 0, where prom-client reports 10 ms. */
export function monitorEventLoopLag(): EventLoopLagMonitor {
  const histogram = monitorEventLoopDelay({ resolution: resolutionMillis });
  histogram.enable();
  return {
    take: () => {
      if (histogram.count === 0) return null;
      const lag = {
        minSeconds: delaySeconds(histogram.min),
        maxSeconds: delaySeconds(histogram.max),
        meanSeconds: delaySeconds(histogram.mean),
        stddevSeconds: histogram.stddev / 1e9,
        p50Seconds: delaySeconds(histogram.percentile(50)),
        p90Seconds: delaySeconds(histogram.percentile(90)),
        p99Seconds: delaySeconds(histogram.percentile(99)),
      };
      histogram.reset();
      return lag;
    },
    stop: () => {
      histogram.disable();
    },
  };
}

export interface EventLoopTurnMonitor {
  /** Seconds until the loop came round after the last call, or null when it has not yet; then measures anew. */
  readonly take: () => number | null;
  readonly stop: () => void;
}

/** Measures one turn per call, without waiting for it: a scrape would otherwise take as long as the loop is late. */
export function monitorEventLoopTurn(): EventLoopTurnMonitor {
  let lastSeconds: number | null = null;
  let pending: NodeJS.Immediate | undefined;
  const measure = (): void => {
    const startMillis = performance.now();
    pending = setImmediate(() => {
      pending = undefined;
      lastSeconds = (performance.now() - startMillis) / 1_000;
    });
  };
  return {
    take: () => {
      if (pending === undefined) measure();
      return lastSeconds;
    },
    stop: () => clearImmediate(pending),
  };
}

/** Returns a function that gives the share of time in which the loop was busy since its last call. */
export function eventLoopUtilization(): () => number {
  let last = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, last);
    last = now;
    return utilization;
  };
}

function delaySeconds(nanos: number): number {
  return Math.max(0, nanos / 1e9 - resolutionMillis / 1e3);
}
