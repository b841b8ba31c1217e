/** One outgoing call, from its start to its one end. */

export interface Call {
  readonly dependency: string;
  readonly method: string;
  readonly startedMillis: number;
}

/** Calls under way, by the request object of the client; each ends once. */
export interface Calls {
  start(request: object, dependency: string, method: string): void;
  /** A response came; the call ends later, with its body or by breaking off. */
  answered(request: object, statusCode: number): void;
  end(request: object): void;
  /** Ends it without an answer, or with the one it had before it broke off. */
  fail(request: object, error: unknown): void;
}

export type OnCallEnd = (call: Call, statusCode: string, seconds: number) => void;

/** The value of `status_code` of a call that no response came for. */
export function failureOf(error: unknown): 'timeout' | 'error' {
  return isTimeout(error) || isTimeout((error as { readonly cause?: unknown } | null)?.cause) ? 'timeout' : 'error';
}

export function trackCalls(onEnd: OnCallEnd): Calls {
  const calls = new WeakMap<object, Call & { statusCode?: string }>();
  const finish = (request: object, fallback: string): void => {
    const call = calls.get(request);
    if (call === undefined) return;
    calls.delete(request);
    onEnd(call, call.statusCode ?? fallback, (performance.now() - call.startedMillis) / 1_000);
  };
  return {
    start: (request, dependency, method) => {
      calls.set(request, { dependency, method, startedMillis: performance.now() });
    },
    answered: (request, statusCode) => {
      const call = calls.get(request);
      if (call !== undefined) call.statusCode = String(statusCode);
    },
    end: (request) => finish(request, 'error'),
    fail: (request, error) => finish(request, failureOf(error)),
  };
}

/** Node's socket timeouts, undici's, and that of `AbortSignal.timeout()`. */
function isTimeout(error: unknown): boolean {
  const { code, name } = (error ?? {}) as { readonly code?: unknown; readonly name?: unknown };
  return name === 'TimeoutError' || (typeof code === 'string' && /TIMEDOUT$|^UND_ERR_\w*TIMEOUT$/.test(code));
}
