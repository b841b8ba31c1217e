/** The one error class. Callers tell errors apart by `code`, never by `instanceof`: two copies of the package may be loaded. */

export type ErrorCode =
  | 'TELLTALE_CONFIG'
  | 'TELLTALE_OPTION'
  | 'TELLTALE_CATALOG'
  | 'TELLTALE_PROMQL'
  | 'TELLTALE_LINK'
  | 'TELLTALE_METRIC_TAKEN'
  | 'TELLTALE_NO_CLIENT'
  | 'TELLTALE_WRITE'
  | 'TELLTALE_SERVER';

export interface TelltaleErrorOptions {
  /** What the reader can do about it, in one sentence. */
  readonly fix?: string;
  readonly cause?: unknown;
}

/**
 * An error that says what could not be done, because of which value, and how to mend it.
 * @example throw new TelltaleError('TELLTALE_OPTION', 'Cannot use "routes" as buckets: must be numbers', { fix: 'pass e.g. [0.1, 1]' })
 */
export class TelltaleError extends Error {
  readonly code: ErrorCode;
  readonly fix: string | undefined;

  constructor(code: ErrorCode, message: string, options: TelltaleErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'TelltaleError';
    this.code = code;
    this.fix = options.fix;
  }
}

/** `known are "a", "b" and "c"`, for messages about unknown names. */
export function quoteList(names: readonly string[]): string {
  const quoted = names.map((name) => `"${name}"`);
  return quoted.length > 1 ? `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1) ?? ''}` : (quoted[0] ?? 'none');
}
