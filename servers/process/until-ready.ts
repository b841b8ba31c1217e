/** Asks again and again whether a program that was just started is ready. */
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * When a process counts as ready: a URL that answers 200, a pattern in its log, or a question asked until it says true
 * (an error thrown by it means "not yet").
 */
export type Readiness = string | RegExp | (() => Promise<boolean>);

const pollMillis = 50;

/** Resolves with nothing once ready, else with the reason why the waiting ended. */
export async function untilReady(
  ready: Readiness,
  readLog: () => string,
  timeoutMillis: number,
  signal: AbortSignal,
): Promise<string | undefined> {
  let lastProblem = '';
  const ask = async (): Promise<undefined> => {
    while (!signal.aborted) {
      try {
        if (await isReady(ready, readLog)) return undefined;
      } catch (error) {
        lastProblem = `, the last answer was: ${describe(error)}`;
      }
      await sleep(pollMillis);
    }
    return undefined;
  };
  const giveUp = async (): Promise<string> => {
    await sleep(timeoutMillis, undefined, { signal }).catch(() => {});
    return `it was not ready after ${timeoutMillis / 1000} s${lastProblem}`;
  };
  return Promise.race([ask(), giveUp()]);
}

async function isReady(ready: Readiness, readLog: () => string): Promise<boolean> {
  if (ready instanceof RegExp) return ready.test(readLog());
  if (typeof ready === 'function') return ready();
  const response = await fetch(ready, { signal: AbortSignal.timeout(2000) });
  await response.body?.cancel();
  if (response.status !== 200) throw new Error(`${ready} answers ${response.status}`);
  return true;
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}
