/** Asks again and again while somebody looks: a hidden tab asks nothing, and asks at once when it is shown again. */
import { useCallback, useEffect, useRef, useState } from 'react';

/** What was heard last stays until something newer is heard. */
export interface Polled<T> {
  readonly data?: T;
  /** When `data` was heard, in milliseconds since 1970. */
  readonly heardAtMillis?: number;
  /** Why the last asking failed. */
  readonly error?: Error;
  /** Since when each asking has failed, or has succeeded. */
  readonly sinceMillis?: number;
}

export type Ask<T> = (init: RequestInit) => Promise<T>;

const patienceMillis = 15_000;

/**
 * @param ask must be the same function from one drawing to the next
 * @returns what was heard, and a function that asks again at once, done when it is answered
 */
export function usePolled<T>(ask: Ask<T> | undefined, everyMillis: number): readonly [Polled<T>, () => Promise<void>] {
  const [polled, setPolled] = useState<Polled<T>>({});
  const asker = useRef<() => Promise<void>>(async () => {});
  useEffect(() => {
    if (ask === undefined) return;
    const { askNow, stop } = startAsking(ask, everyMillis, (answer) => setPolled((before) => follow(before, answer)));
    asker.current = askNow;
    return stop;
  }, [ask, everyMillis]);
  return [polled, useCallback(() => asker.current(), [])];
}

type Answer<T> = { readonly data: T } | { readonly error: Error };

function startAsking<T>(
  ask: Ask<T>,
  everyMillis: number,
  report: (answer: Answer<T>) => void,
): { readonly askNow: () => Promise<void>; readonly stop: () => void } {
  const stopped = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let turn = 0;
  const askNow = async (): Promise<void> => {
    clearTimeout(timer);
    if (document.hidden) return;
    const mine = ++turn;
    const answer = await answerOf(ask, AbortSignal.any([stopped.signal, AbortSignal.timeout(patienceMillis)]));
    if (stopped.signal.aborted || mine !== turn) return;
    report(answer);
    timer = setTimeout(askSoon, everyMillis);
  };
  const askSoon = (): void => void askNow();
  document.addEventListener('visibilitychange', askSoon, { signal: stopped.signal });
  askSoon();
  return {
    askNow,
    stop: () => {
      clearTimeout(timer);
      stopped.abort();
    },
  };
}

async function answerOf<T>(ask: Ask<T>, signal: AbortSignal): Promise<Answer<T>> {
  try {
    return { data: await ask({ signal }) };
  } catch (error) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }
}

function follow<T>(before: Polled<T>, answer: Answer<T>): Polled<T> {
  const now = Date.now();
  const failed = 'error' in answer;
  const goesOn = before.sinceMillis !== undefined && failed === (before.error !== undefined);
  const sinceMillis = goesOn ? before.sinceMillis : now;
  if (!failed) return { data: answer.data, heardAtMillis: now, sinceMillis };
  const { data, heardAtMillis } = before;
  return heardAtMillis === undefined ? { ...answer, sinceMillis } : { ...answer, data, heardAtMillis, sinceMillis };
}
