/** How often Prometheus scrapes: what `$__rate_interval` is made from. */
import { load } from 'js-yaml';
import { isFailure } from './upstream-failure.ts';
import type { Upstream } from './upstream.ts';

/** Seconds. */
export type ScrapeInterval = () => Promise<number>;

/** Of Prometheus itself, where no `scrape_interval` is written. Servers that only speak its API do not say. */
const fallbackSeconds = 15;
const timeoutMillis = 2_000;

/** Asks each time, as Prometheus may be started or changed meanwhile; while it does not answer, the last answer counts. */
export function scrapeIntervalOf(prometheus: Upstream, givenSeconds: number | undefined): ScrapeInterval {
  let lastSeconds = fallbackSeconds;
  return async () => {
    if (givenSeconds !== undefined) return givenSeconds;
    const answer = await prometheus.read('/api/v1/status/config', timeoutMillis);
    if (!isFailure(answer)) lastSeconds = intervalIn(answer.value) ?? lastSeconds;
    return lastSeconds;
  };
}

function intervalIn(answer: unknown): number | undefined {
  try {
    const { yaml } = (answer as { readonly data: { readonly yaml: string } }).data;
    const config = load(yaml) as { readonly global: { readonly scrape_interval: string } };
    return durationSeconds(config.global.scrape_interval);
  } catch {
    return undefined;
  }
}

const secondsPer: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };

/** A duration as Prometheus writes it, e.g. `1m30s`. */
export function durationSeconds(text: string): number | undefined {
  if (!/^(\d+(ms|s|m|h|d|w))+$/.test(text)) return undefined;
  const parts = [...text.matchAll(/(\d+)(ms|s|m|h|d|w)/g)];
  const seconds = parts.reduce((sum, [, count, unit]) => sum + Number(count) * (secondsPer[unit ?? ''] ?? 0), 0);
  return seconds > 0 ? seconds : undefined;
}
