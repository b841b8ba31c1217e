/** An error in a log line: what it is and where it came from, and none of what a library has hung on it. */
import { errorTypeOf } from '../errors/type.ts';

export interface LoggedError {
  readonly type: string;
  readonly message?: string;
  readonly stack?: string;
}

/** HTTP clients hang the whole request on their errors, headers included: of its properties these are written. Never throws. */
export function errorLine(error: unknown): LoggedError {
  const type = errorTypeOf(error);
  try {
    if (!(error instanceof Error)) return { type };
    const { message, stack } = error;
    return { type, message, ...(stack !== undefined && { stack }) };
  } catch {
    return { type };
  }
}
