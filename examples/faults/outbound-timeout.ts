import { setTimeout as sleep } from 'node:timers/promises';
import { defineFault } from './fault.ts';

export const outboundTimeout = defineFault({
  name: 'outbound-timeout',
  does: 'payments keeps its callers waiting for `millis`, so that the calls of api run into their timeout of 2 s.',
  services: ['payments'],
  alerts: ['HighResponseTime', 'HighErrorRate'],
  shows: { 'telltale-api': 'outbound dependencies (of api): rate, errors, p95; aborted requests (of payments)' },
  parameters: { millis: 30_000 },
  start: ({ seams }, { millis }) => seams.request.add((_request, response) => sleepWhileOpen(millis, response)),
});

/** Ends early when the caller has gone. */
async function sleepWhileOpen(
  millis: number,
  response: { once(event: 'close', listener: () => void): unknown },
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  await sleep(millis, undefined, { signal: gone.signal }).catch(() => {});
}
