/** Waits for the first samples: before, panels are empty, and alerts about what is absent are pending. */
import { setTimeout as sleep } from 'node:timers/promises';
import { prometheusApi } from '../../src/proof/prometheus-api.ts';

const pollMillis = 250;
const mostMillis = 20_000;

/** Resolves when every target has been scraped and no alert is pending; after a while anyhow. Never rejects. */
export async function untilSampled(prometheusUrl: string, signal: AbortSignal): Promise<void> {
  const api = prometheusApi(prometheusUrl);
  const isSampled = async (): Promise<boolean> => {
    const [targets, alerts] = await Promise.all([api.targets(), api.alerts()]);
    const isScraped = targets.length > 0 && targets.every(({ health }) => health !== 'unknown');
    // Watchdog shows that rules have been evaluated.
    return isScraped && alerts.length > 0 && alerts.every(({ state }) => state === 'firing');
  };
  const ended = Date.now() + mostMillis;
  while (!signal.aborted && Date.now() < ended && !(await isSampled().catch(() => false)))
    await sleep(pollMillis, undefined, { signal }).catch(() => {});
}
