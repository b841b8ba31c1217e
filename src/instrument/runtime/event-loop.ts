/** Event loop delay and utilization since the last scrape. */
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';

/** Node samples the delay with a timer of this period, and counts the period itself as delay. */
const resolutionMillis = 10;

export interface EventLoopLag {
  readonly meanSeconds: number;
  readonly p50Seconds: number;
  readonly p99Seconds: number;
}

export interface EventLoopLagMonitor {
  /** The delay since the last call, or null when no sample was taken since. */
  take(): EventLoopLag | null;
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
        meanSeconds: delaySeconds(histogram.mean),
        p50Seconds: delaySeconds(histogram.percentile(50)),
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
