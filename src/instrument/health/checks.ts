/** Runs health checks: all at once, each with a timeout, and one run at a time however many ask for it. */
import { type CheckDeclaration, type CheckPlan, planChecks } from './check.ts';

export type CheckStatus = 'ok' | 'failed' | 'timeout';

export interface CheckResult {
  readonly check: string;
  readonly status: CheckStatus;
  readonly critical: boolean;
  readonly seconds: number;
}

export interface CheckRunnerOptions {
  readonly checks: Readonly<Record<string, CheckDeclaration>>;
  /** Of checks without one of their own. */
  readonly timeoutMillis: number;
  readonly cacheMillis: number;
  readonly onResult: (result: CheckResult) => void;
}

export interface CheckRunner {
  /** Results of all checks, at most `cacheMillis` old. Never rejects. */
  readonly run: RunChecks;
  /** Aborts what is running, and waits for none of it. */
  readonly stop: () => void;
}

export type RunChecks = () => Promise<readonly CheckResult[]>;

/** A check that hangs is called anew after this: what it waits for may be a connection that is lost without a word. */
const lostAfterMillis = 60_000;

export function checkRunner({ checks, timeoutMillis, cacheMillis, onResult }: CheckRunnerOptions): CheckRunner {
  const stopped = new AbortController();
  const runs = planChecks(checks, timeoutMillis).map((plan) => runnerOf(plan, stopped.signal));
  let latest: Promise<readonly CheckResult[]> | undefined;
  let freshUntilMillis = Number.POSITIVE_INFINITY;
  const runAll = (): Promise<readonly CheckResult[]> =>
    Promise.all(
      runs.map(async (run) => {
        const result = await run();
        onResult(result);
        return result;
      }),
    );
  const run: RunChecks = () => {
    if (latest !== undefined && performance.now() < freshUntilMillis) return latest;
    freshUntilMillis = Number.POSITIVE_INFINITY;
    latest = runAll().finally(() => {
      freshUntilMillis = performance.now() + cacheMillis;
    });
    return latest;
  };
  return { run, stop: () => stopped.abort() };
}

interface Call {
  readonly outcome: Promise<CheckStatus>;
  readonly startedMillis: number;
  readonly abort: () => void;
}

/**
 * While a call of a check hangs, further runs make no other: each may hold a connection, and a pool would be empty after a
 * minute. Nor do they give it another timeout: a probe is answered at once then.
 */
function runnerOf(
  { name, check, critical, timeoutMillis }: CheckPlan,
  stopped: AbortSignal,
): () => Promise<CheckResult> {
  let running: Call | undefined;
  const begin = (): Call => {
    const timeout = new AbortController();
    const call: Call = {
      outcome: statusOf(check, timeout.signal).finally(() => {
        if (running === call) running = undefined;
      }),
      startedMillis: performance.now(),
      abort: () => timeout.abort(),
    };
    return call;
  };
  return async () => {
    if (running === undefined || agedMillis(running) > lostAfterMillis) running = begin();
    const call = running;
    const status = await inTime(call.outcome, timeoutMillis - agedMillis(call), stopped);
    if (status === 'timeout') call.abort();
    return { check: name, status, critical, seconds: agedMillis(call) / 1_000 };
  };
}

function agedMillis({ startedMillis }: Call): number {
  return performance.now() - startedMillis;
}

async function statusOf(check: CheckPlan['check'], signal: AbortSignal): Promise<CheckStatus> {
  try {
    return (await check({ signal })) === false ? 'failed' : 'ok';
  } catch {
    return signal.aborted ? 'timeout' : 'failed';
  }
}

async function inTime(outcome: Promise<CheckStatus>, millis: number, stopped: AbortSignal): Promise<CheckStatus> {
  if (millis <= 0) return 'timeout';
  let waitNoLonger: (() => void) | undefined;
  const late = new Promise<CheckStatus>((resolve) => {
    const giveUp = (): void => resolve('timeout');
    const timer = setTimeout(giveUp, millis).unref();
    stopped.addEventListener('abort', giveUp);
    waitNoLonger = () => {
      clearTimeout(timer);
      stopped.removeEventListener('abort', giveUp);
    };
  });
  const status = await Promise.race([outcome, late]);
  waitNoLonger?.();
  return status;
}
