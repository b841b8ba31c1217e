/** What a health check is, as it is declared and as it is run. */

/**
 * Passes unless it throws, rejects or returns false. The signal is aborted at the timeout: a check that ends then lets go
 * of what it holds. One that does not is waited for, and not called again meanwhile.
 * @example ({ signal }) => fetch('http://search:9200', { signal })
 */
export type HealthCheck = (context: { readonly signal: AbortSignal }) => unknown;

export interface DeclaredCheck {
  readonly check: HealthCheck;
  /**
   * Whether the service cannot serve without. A check that is not critical is reported, in the body and as
   * `health_check_status`, and leaves `/ready` at 200: an instance without its recommendations is better than none.
   * @default true
   */
  readonly critical?: boolean;
  /** How long this one may take. Milliseconds. @default that of all checks */
  readonly timeoutMillis?: number;
}

/** A check that is critical, or one with more to say of it. */
export type CheckDeclaration = HealthCheck | DeclaredCheck;

export interface CheckPlan extends Required<DeclaredCheck> {
  readonly name: string;
}

export function planChecks(
  checks: Readonly<Record<string, CheckDeclaration>>,
  timeoutMillis: number,
): readonly CheckPlan[] {
  return Object.entries(checks).map(([name, declared]) => {
    const own = typeof declared === 'function' ? { check: declared } : declared;
    return {
      name,
      check: own.check,
      critical: own.critical ?? true,
      timeoutMillis: own.timeoutMillis ?? timeoutMillis,
    };
  });
}

/**
 * Makes a check of work that cannot be cancelled wholly: while it runs, a further call waits for the same work, so that
 * it never holds more than one connection.
 */
export function oneAtATime(work: (signal: AbortSignal) => Promise<unknown>): HealthCheck {
  let running: Promise<unknown> | undefined;
  return ({ signal }) => {
    running ??= work(signal).finally(() => {
      running = undefined;
    });
    return running;
  };
}
