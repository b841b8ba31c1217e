/** Outgoing calls under way, each from its start to its one end. */

export interface Call {
  readonly dependency: string;
  readonly method: string;
}

/** What is known of calls, by the request object of the client. What it hears of others, or after the end, is ignored. */
export interface Calls {
  has(request: object): boolean;
  start(request: object, call: Call): void;
  /** A response came; the call ends later, with its body or by breaking off. */
  answered(request: object, statusCode: number): void;
  /** Its socket was silent for too long. That ends nothing yet, and the error that follows does not say why. */
  timedOut(request: object): void;
  /** The response is there to its end. */
  end(request: object): void;
  /** The caller stopped reading: how long that took is the caller's time, so the call is timed up to its headers. */
  abandoned(request: object): void;
  /** Broke off, before or after the headers. */
  fail(request: object, error: unknown): void;
}

export type OnCallEnd = (call: Call, statusCode: string, seconds: number) => void;

interface CallState extends Call {
  readonly startedMillis: number;
  answer: { readonly statusCode: string; readonly millis: number } | null;
  timedOut: boolean;
  ended: boolean;
}

/** Holds nothing that the client does not hold: a request that never ends is forgotten with its object. */
export function trackCalls(onEnd: OnCallEnd): Calls {
  const calls = new WeakMap<object, CallState>();
  const running = (request: object): CallState | undefined => {
    const call = calls.get(request);
    return call?.ended === false ? call : undefined;
  };
  const finish = (call: CallState, statusCode: string, millis = performance.now()): void => {
    // Kept as ended: a request that was answered before it was sent is announced once more.
    call.ended = true;
    onEnd(call, statusCode, (millis - call.startedMillis) / 1_000);
  };
  const fail = (call: CallState, error: unknown): void => {
    if (call.timedOut || isTimeout(error)) return finish(call, 'timeout');
    if (call.answer === null || isOfConnection(error)) return finish(call, 'error');
    finish(call, call.answer.statusCode, call.answer.millis);
  };
  /** Runs `change` on a call that has not ended. */
  const onRunning =
    <Args extends unknown[]>(change: (call: CallState, ...args: Args) => void) =>
    (request: object, ...args: Args): void => {
      const call = running(request);
      if (call !== undefined) change(call, ...args);
    };
  return {
    has: (request) => calls.has(request),
    start: (request, { dependency, method }) => {
      const startedMillis = performance.now();
      calls.set(request, { dependency, method, startedMillis, answer: null, timedOut: false, ended: false });
    },
    answered: onRunning((call, statusCode: number) => {
      call.answer = { statusCode: String(statusCode), millis: performance.now() };
    }),
    timedOut: onRunning((call) => {
      call.timedOut = true;
    }),
    end: onRunning((call) => finish(call, call.answer?.statusCode ?? 'error')),
    abandoned: onRunning((call) => fail(call, undefined)),
    fail: onRunning(fail),
  };
}

interface Failure {
  readonly code?: unknown;
  readonly name?: unknown;
  readonly cause?: unknown;
}

/** Node's socket timeouts, undici's, and that of `AbortSignal.timeout()`, which node:http wraps. */
function isTimeout(error: unknown): boolean {
  const { code, name, cause } = (error ?? {}) as Failure;
  if (name === 'TimeoutError' || (cause as Failure | undefined)?.name === 'TimeoutError') return true;
  return [code, (cause as Failure | undefined)?.code].some((text) => typeof text === 'string' && isTimeoutCode(text));
}

function isTimeoutCode(code: string): boolean {
  return /TIMEDOUT$|^UND_ERR_\w*TIMEOUT$/.test(code);
}

/** Of Node or undici: what a caller aborts with, or the garbage collector, has no code and need not be an error at all. */
function isOfConnection(error: unknown): boolean {
  const { code, name } = (error ?? {}) as Failure;
  // The one of undici's whose code may be missing.
  return name === 'HTTPParserError' || (typeof code === 'string' && name !== 'AbortError');
}
