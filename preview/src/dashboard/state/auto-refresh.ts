/** When to ask again: each interval while the tab is shown and all earlier questions are answered. */
import { rangeUtil } from '@grafana/data';
import { useEffect, useRef } from 'react';

interface Input {
  /** E.g. `30s`; empty: never. */
  readonly interval: string;
  readonly isBusy: () => boolean;
  readonly refresh: () => void;
}

export function useAutoRefresh({ interval, isBusy, refresh }: Input): void {
  const latest = useRef({ isBusy, refresh });
  latest.current = { isBusy, refresh };
  useEffect(() => {
    const intervalMillis = millisOf(interval);
    if (intervalMillis === undefined) return;
    const stopped = new AbortController();
    let lastMillis = Date.now();
    const refreshWhenDue = (): void => {
      const isDue = Date.now() - lastMillis >= intervalMillis;
      if (!isDue || document.hidden || latest.current.isBusy()) return;
      lastMillis = Date.now();
      latest.current.refresh();
    };
    const timer = setInterval(refreshWhenDue, Math.min(intervalMillis, 500));
    document.addEventListener('visibilitychange', refreshWhenDue, { signal: stopped.signal });
    return () => {
      clearInterval(timer);
      stopped.abort();
    };
  }, [interval]);
}

function millisOf(interval: string): number | undefined {
  if (interval === '') return undefined;
  try {
    return Math.max(rangeUtil.intervalToMs(interval), 1_000);
  } catch {
    return undefined;
  }
}
