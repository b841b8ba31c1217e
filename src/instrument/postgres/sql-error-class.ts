/** Why a query failed, as a value of the `code` label: a class of SQLSTATE, `network`, `timeout` or `other`. */

/** Five characters whose first two are the class. None of PostgreSQL's begins with E, as Node's `EPIPE` does. */
const sqlstate = /^[0-9A-DF-Z][0-9A-Z]{4}$/;
const networkCode = /^(?:E[A-Z]{3,}|EAI_[A-Z]+|ERR_(?:SOCKET|STREAM|TLS|SSL)_\w+)$/;
const timeoutCodes: ReadonlySet<string> = new Set(['ETIMEDOUT', 'ESOCKETTIMEDOUT']);

/** What pg and pg-pool say where they give no code. */
const timeoutMessages = /timeout/i;
const networkMessages = /connection (?:terminated|ended|error)|client was closed|not queryable|socket/i;

/** @example errorClassOf(uniqueViolation) // '23' */
export function errorClassOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'other';
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  if (typeof code === 'string') {
    if (timeoutCodes.has(code)) return 'timeout';
    if (sqlstate.test(code)) return code.slice(0, 2);
    if (networkCode.test(code)) return 'network';
  }
  return typeof message === 'string' ? classOfMessage(message) : 'other';
}

function classOfMessage(message: string): string {
  if (timeoutMessages.test(message)) return 'timeout';
  return networkMessages.test(message) ? 'network' : 'other';
}
