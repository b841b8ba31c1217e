/** Runs the steps of a shutdown one after the other, each within its time, and says what went wrong. */

/** The signal is aborted when the time of the step is over. */
export type ShutdownStep = (context: { readonly signal: AbortSignal }) => unknown;

export interface TimedStep {
  readonly run: ShutdownStep;
  /** Milliseconds. @default that of all steps */
  readonly timeoutMillis?: number;
}

export interface StepPlan extends Required<TimedStep> {
  readonly name: string;
}

export interface StepReport {
  readonly step: string;
  /** `skipped`: its turn never came before the deadline. */
  readonly outcome: 'ok' | 'failed' | 'timeout' | 'skipped';
}

export interface ShutdownReport {
  readonly steps: readonly StepReport[];
  readonly seconds: number;
}

export type Log = (line: string) => void;

/** How long a step may take to end once its signal is aborted. */
const graceAfterAbortMillis = 100;

export function planSteps(
  steps: Readonly<Record<string, ShutdownStep | TimedStep>>,
  timeoutMillis: number,
): readonly StepPlan[] {
  return Object.entries(steps).map(([name, declared]) => {
    const own = typeof declared === 'function' ? { run: declared } : declared;
    return { name, run: own.run, timeoutMillis: own.timeoutMillis ?? timeoutMillis };
  });
}

/** Never rejects, and ends within the deadline. */
export async function runSteps(steps: readonly StepPlan[], deadlineMillis: number, log: Log): Promise<ShutdownReport> {
  const start = performance.now();
  const reports: StepReport[] = [];
  for (const step of steps) {
    const leftMillis = deadlineMillis - (performance.now() - start);
    reports.push(await runStep(step, leftMillis, log));
  }
  return { steps: reports, seconds: (performance.now() - start) / 1_000 };
}

async function runStep({ name, run, timeoutMillis }: StepPlan, leftMillis: number, log: Log): Promise<StepReport> {
  // Timers fire up to a millisecond early.
  if (leftMillis < 1) {
    log(`shutdown: step "${name}" was skipped: the deadline has passed`);
    return { step: name, outcome: 'skipped' };
  }
  const millis = Math.min(timeoutMillis, leftMillis);
  const timeout = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const within = <T extends string>(outcome: T, untilMillis: number): Promise<T> =>
    new Promise((resolve) => {
      // Keeps the process alive: the steps after a hanging one have their turn.
      timer = setTimeout(() => resolve(outcome), untilMillis);
    });
  try {
    const ended = begin(run, timeout.signal);
    const outcome = await Promise.race([ended, within('timeout', millis)]);
    if (outcome === 'ok') return { step: name, outcome };
    log(`shutdown: step "${name}" did not end within ${Math.round(millis)} ms, goes on without`);
    timeout.abort();
    // Requests whose connections are cut end in turns to come, and with them their spans, which the next step may flush.
    const graceMillis = Math.min(graceAfterAbortMillis, Math.max(0, leftMillis - millis));
    await Promise.race([ended.catch(() => 'failed'), within('timeout', graceMillis)]);
    return { step: name, outcome };
  } catch (error) {
    log(`shutdown: step "${name}" failed, goes on without: ${oneLine(error)}`);
    return { step: name, outcome: 'failed' };
  } finally {
    clearTimeout(timer);
  }
}

async function begin(run: ShutdownStep, signal: AbortSignal): Promise<'ok'> {
  await run({ signal });
  return 'ok';
}

function oneLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replaceAll(/\s*\n\s*/g, ' ');
}
