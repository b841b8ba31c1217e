/** An answer that is not a success, thrown by handlers and written by the error handler. */

export class HttpError extends Error {
  override readonly name: string = 'HttpError';
  readonly status: number;

  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

/** What a caller may be told; anything unexpected is a 500 without details. */
export function toHttpError(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  const status = statusOf(error);
  return status === undefined
    ? new HttpError(500, 'Something went wrong on our side.', { cause: error })
    : new HttpError(status, error instanceof Error ? error.message : 'The request cannot be answered.');
}

/** Express and its body parsers put a status on the errors they throw. */
function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('status' in error)) return undefined;
  return typeof error.status === 'number' && error.status >= 400 && error.status < 500 ? error.status : undefined;
}
