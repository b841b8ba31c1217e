/** What the HTTP recorder has counted, in the words of a test. */
import { expect, vi } from 'vitest';
import { scrape } from './exposition.ts';

interface Exposing {
  metrics(): Promise<string>;
}

/** `METHOD route status` of every request recorded, as many times as it was recorded. */
export async function recordedRequests(registry: Exposing): Promise<readonly string[]> {
  const counts = (await scrape(registry)).series('http_request_duration_seconds_count');
  return Object.entries(counts).flatMap(([request, count]) => Array.from({ length: count }, () => request));
}

/** The server sees the end of a request a moment after the client: waits until it has. */
export async function requestsSettle(registry: Exposing, inFlight = 'http_requests_in_flight'): Promise<void> {
  const isSettled = async (): Promise<void> => expect((await scrape(registry)).value(inFlight)).toBe(0);
  await vi.waitFor(isSettled, { timeout: 5_000, interval: 3 });
}
