/** Runs health checks: all at once, each with a timeout, and one run at a time however many ask for it. */

/**
 * Passes unless it throws, rejects or returns false. The signal is aborted at the timeout.
 * @example ({ signal }) => fetch('http://search:9200', { signal })
 */
export type HealthCheck = (context: { readonly signal: AbortSignal }) => unknown;

export type CheckStatus = 'ok' | 'failed' | 'timeout';

export interface CheckResult {
  readonly check: string;
  readonly status: CheckStatus;
  readonly seconds: number;
}

export interface CheckRunnerOptions {
  readonly checks: Readonly<Record<string, HealthCheck>>;
  readonly timeoutMillis: number;
  readonly cacheMillis: number;
  readonly onResult: (result: CheckResult) => void;
}

/** Results of all checks, at most `cacheMillis` old. Never rejects. */
export type RunChecks = () => Promise<readonly CheckResult[]>;

export function checkRunner(options: CheckRunnerOptions): RunChecks {
  let latest: Promise<readonly CheckResult[]> | undefined;
  let freshUntilMillis = Number.POSITIVE_INFINITY;
  return () => {
    if (latest !== undefined && performance.now() < freshUntilMillis) return latest;
    freshUntilMillis = Number.POSITIVE_INFINITY;
    latest = runAll(options).finally(() => {
      freshUntilMillis = performance.now() + options.cacheMillis;
    });
    return latest;
  };
}

function runAll({ checks, timeoutMillis, onResult }: CheckRunnerOptions): Promise<readonly CheckResult[]> {
  return Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      const result = await runOne(name, check, timeoutMillis);
      onResult(result);
      return result;
    }),
  );
}

async function runOne(name: string, check: HealthCheck, timeoutMillis: number): Promise<CheckResult> {
  const start = performance.now();
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), timeoutMillis);
  const status = await Promise.race([statusOf(check, timeout.signal), timedOut(timeout.signal)]);
  clearTimeout(timer);
  return { check: name, status, seconds: (performance.now() - start) / 1_000 };
}

async function statusOf(check: HealthCheck, signal: AbortSignal): Promise<CheckStatus> {
  try {
    return (await check({ signal })) === false ? 'failed' : 'ok';
  } catch {
    return signal.aborted ? 'timeout' : 'failed';
  }
}

function timedOut(signal: AbortSignal): Promise<'timeout'> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve('timeout'), { once: true });
  });
}
